/**
 * @file Learning to continue a text: documents become one row of ids, cut into what trains and what
 * judges.
 */
import { formatTokens } from '../config/counts';
import { PlaygroundError } from '../config/errors';
import { tooShort } from '../config/textLength';
import { splitText } from './split';

/** Encoded documents in one row, each followed by the end-of-text token if there are several. */
export interface TokenText {
  readonly ids: Int32Array;
  /** Where each document ends in `ids` (exclusive, its end-of-text token included), ascending. */
  readonly documentEnds: readonly number[];
}

/**
 * Puts encoded documents in a row. A single document, such as a file, is left as it is: there is
 * nothing to part it from.
 */
export function joinDocuments(documents: readonly Int32Array[], endOfText: number): TokenText {
  const marks = documents.length > 1 ? 1 : 0;
  const length = documents.reduce((sum, document) => sum + document.length + marks, 0);
  const ids = new Int32Array(length).fill(endOfText);
  const documentEnds: number[] = [];
  let end = 0;
  for (const document of documents) {
    ids.set(document, end);
    end += document.length + marks;
    documentEnds.push(end);
  }
  return { ids, documentEnds };
}

export interface TextTask {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  /** How many whole documents the training part holds; 0 where one document was cut. */
  readonly trainDocuments: number;
  /** Why there is no validation loss, for the page; absent where there is one. */
  readonly noValidation?: string;
}

/**
 * The two parts of a text for a model of `context` positions. A window is `context` inputs and the
 * token after them.
 * @throws PlaygroundError if the training part is shorter than one window
 */
export function textTask(text: TokenText, context: number): TextTask {
  const { train, validation, trainDocuments } = splitText(text);
  const window = context + 1;
  const failure = tooShort(text.ids.length, train.length, context);
  if (failure !== undefined) throw new PlaygroundError(failure);
  const parts = { train, validation, trainDocuments };
  if (validation.length >= window) return parts;
  return {
    ...parts,
    noValidation:
      `The validation part, the last tenth of the text, has ` +
      `${formatTokens(validation.length)}, but a context of ${context} needs ${window}: ` +
      'there is no validation loss.',
  };
}
