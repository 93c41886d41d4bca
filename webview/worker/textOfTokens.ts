/** @file What a model wrote, as a reader sees it: in samples and in answers to a prompt alike. */
import type { Tokenizer } from '../tokenizers/tokenizer';

/** Documents that follow one another are shown with an empty line between them. */
export function textOfTokens(
  tokens: readonly number[],
  tokenizer: Pick<Tokenizer, 'endOfText' | 'decode'>,
): string {
  const parts: number[][] = [[]];
  for (const token of tokens) {
    if (token === tokenizer.endOfText) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.map((ids) => tokenizer.decode(ids)).join('\n\n');
}
