/** @file What is selected, wherever it is shown: the line, the picture and the explanation. */

/** A place of the model, perhaps one head of it, or one token. */
export interface Selection {
  /** `decoder.1.selfAttention.pattern` */
  readonly path: string;
  /** Counted from 0. */
  readonly head?: number;
  /** Position in the text that is looked at, counted from 0. */
  readonly token?: number;
}

/** Whether two selections mean the same. */
export function isSameSelection(a: Selection | undefined, b: Selection | undefined): boolean {
  return a?.path === b?.path && a?.head === b?.head && a?.token === b?.token;
}
