/** @file The validation part is the last tenth, and no document is on both sides. */
import { describe, expect, it } from 'vitest';
import { splitText } from '../../../webview/tasks/split';

const ids = Int32Array.from({ length: 101 }, (_, i) => i);

describe('splitText', () => {
  it('cuts one document after nine tenths, rounded down', () => {
    const { train, validation, trainDocuments } = splitText({ ids, documentEnds: [101] });
    expect([train.length, validation.length, trainDocuments]).toEqual([90, 11, 0]);
    expect(validation[0]).toBe(90);
  });

  it('parts documents at the end nearest to nine tenths', () => {
    const { train, trainDocuments } = splitText({ ids, documentEnds: [20, 60, 88, 95, 101] });
    expect([train.length, trainDocuments]).toEqual([88, 3]);
    expect(splitText({ ids, documentEnds: [20, 80, 92, 101] }).train.length).toBe(92);
  });

  it('trains on less where two ends are equally near, so that a text is always cut in one place', () => {
    expect(splitText({ ids, documentEnds: [80, 100, 101] }).train.length).toBe(80);
  });

  it('leaves neither side without a document', () => {
    expect(splitText({ ids, documentEnds: [5, 101] }).train.length).toBe(5);
    expect(splitText({ ids, documentEnds: [99, 101] }).train.length).toBe(99);
  });
});
