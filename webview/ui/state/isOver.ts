/** @file Failures that need no word on the page. */
import { isPlaygroundError } from '../../protocol/errors';

/** Nobody waits for it any more, or who was asked is gone and says so itself. */
export function isOver(error: unknown): boolean {
  return ['cancelled', 'disposed', 'peer-restarted'].some((code) => isPlaygroundError(error, code));
}
