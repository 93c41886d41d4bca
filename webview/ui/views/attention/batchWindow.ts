/** @file What is typed as a window of the batch: which one, or why it is none. Pure. */
import { formatCount } from '../../../config/counts';

/** Code of the engine's refusal of a window, where the page did not know better. */
export const noSuchWindow = 'index-out-of-range';

export type BatchWindow =
  { readonly ok: true; readonly row: number } | { readonly ok: false; readonly error: string };

/** The window that a text names; `windows` is undefined until the engine has told how many. */
export function batchWindow(text: string, windows: number | undefined): BatchWindow {
  const typed = text.trim();
  const row = /^\d+$/.test(typed) ? Number(typed) : NaN;
  if (Number.isSafeInteger(row) && row < (windows ?? Infinity)) return { ok: true, row };
  const what = typed === '' ? 'No window is named' : `There is no window ${typed}`;
  return { ok: false, error: `${what}: ${choices(windows)}` };
}

function choices(windows: number | undefined): string {
  if (windows === undefined) return 'type a whole number from 0.';
  if (windows === 1) return 'the batch has 1 window, which is 0.';
  return `the batch has ${formatCount(windows)} windows, from 0 to ${formatCount(windows - 1)}.`;
}
