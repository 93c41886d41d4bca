/** @file What is typed as a window of the batch: right, or wrong with what there is. */
import { expect, it } from 'vitest';
import { batchWindow } from '../../../../webview/ui/views/attention/batchWindow';

it('a window of the batch is a whole number below how many there are', () => {
  expect(batchWindow(' 1 ', 2)).toEqual({ ok: true, row: 1 });
  expect(batchWindow('5000', undefined)).toEqual({ ok: true, row: 5000 });
});

it.each([
  ['2', 2, 'There is no window 2: the batch has 2 windows, from 0 to 1.'],
  ['-1', 5000, 'There is no window -1: the batch has 5,000 windows, from 0 to 4,999.'],
  ['1.5', 1, 'There is no window 1.5: the batch has 1 window, which is 0.'],
  ['', 2, 'No window is named: the batch has 2 windows, from 0 to 1.'],
  ['a', undefined, 'There is no window a: type a whole number from 0.'],
])('“%s” of %s windows is refused with what there is', (text, windows, error) => {
  expect(batchWindow(text, windows)).toEqual({ ok: false, error });
});
