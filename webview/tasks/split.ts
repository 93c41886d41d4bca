/** @file Where a text is cut into training and validation. Knows nothing of batches. */
import { trainingTokens } from '../config/textLength';
import type { TokenText } from './textTask';

export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly trainDocuments: number;
}

/**
 * The first nine tenths train, the last tenth validates. One document is cut at ⌊0.9 · n⌋, as
 * nanoGPT does; several are parted at the end of a document, the one nearest to it (of two, the
 * first), so that no document is on both sides. Both parts are views of the row.
 */
export function splitText({ ids, documentEnds }: TokenText): Split {
  const ideal = trainingTokens(ids.length);
  if (documentEnds.length < 2) {
    return { train: ids.subarray(0, ideal), validation: ids.subarray(ideal), trainDocuments: 0 };
  }
  const inner = documentEnds.slice(0, -1);
  let boundary = 0;
  let trainDocuments = 0;
  inner.forEach((end, index) => {
    if (index > 0 && Math.abs(end - ideal) >= Math.abs(boundary - ideal)) return;
    boundary = end;
    trainDocuments = index + 1;
  });
  return { train: ids.subarray(0, boundary), validation: ids.subarray(boundary), trainDocuments };
}
