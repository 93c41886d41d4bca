/** @file The tokens of a text, as the tokenizer of the run in the engine cuts it. */
import type { TokenizedText } from '../protocol/writing';
import { nothingTo } from './refusals';
import type { Session } from './session';

/** @throws TokenizerError for what is not in the run's vocabulary */
export function tokenizedBy({ run }: Pick<Session, 'run'>, text: string): TokenizedText {
  if (!run) throw nothingTo('Cutting a text into tokens');
  const { tokenizer } = run.dataset;
  const tokens = Array.from(tokenizer.encode(text), (id) => ({ id, label: tokenizer.labelOf(id) }));
  return { tokens };
}
