/** @file Whether a run can be continued from a checkpoint's file. Knows nothing of other files. */
import { PlaygroundError } from '../../webview/config/errors';
import { readRunConfig } from '../../webview/config/run';
import { readCheckpoint } from '../../webview/formats/checkpoint';

/**
 * Whether a checkpoint can be continued from, as far as its file says: not cut off, nothing
 * missing, nothing unknown.
 */
export function isWhole(bytes: Uint8Array): boolean {
  try {
    readRunConfig(readCheckpoint(bytes).configuration);
    return true;
  } catch (error) {
    if (error instanceof PlaygroundError) return false;
    throw error;
  }
}
