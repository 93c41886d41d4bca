/** @file Where writing begins: a prompt in the tokens of a run, and the branch that follows it. */
import { checkId } from '../tokenizers/tokenizer';
import type { ActiveRun } from './activeRun';

export interface Prompt {
  /** At least one token: where samples start, for an empty prompt. */
  readonly prompt: readonly number[];
  /** Tokens that were written after it already. */
  readonly after: readonly number[];
}

/** @throws TokenizerError for what is not in the run's vocabulary */
export function promptOf(
  { dataset: { tokenizer, start } }: ActiveRun,
  { prompt, after = new Int32Array() }: { readonly prompt: string; readonly after?: Int32Array },
): Prompt {
  const encoded = [...tokenizer.encode(prompt)];
  for (const id of after) checkId(id, tokenizer.vocabularySize);
  return { prompt: encoded.length > 0 ? encoded : [start], after: [...after] };
}
