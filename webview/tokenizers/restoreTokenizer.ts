/** @file A tokenizer from its plain data, as a checkpoint keeps it. Knows nothing of files: ranks are passed in. */
import { characterTokenizer } from './characters';
import { tiktokenTokenizer } from './tiktoken';
import type { TiktokenRanks } from './tiktoken';
import { TokenizerError } from './tokenizer';
import type { Tokenizer, TokenizerData } from './tokenizer';
import { usedVocabulary } from './usedVocabulary';

/**
 * The tokenizer that `serialize()` described.
 * @param ranks the rank file of the kind; needed for `gpt2` and `cl100k_base`
 * @throws TokenizerError if the ranks are missing or the data does not fit them
 */
export function restoreTokenizer(data: TokenizerData, ranks?: TiktokenRanks): Tokenizer {
  if (data.kind === 'characters') return characterTokenizer(data.characters);
  if (ranks === undefined) {
    throw new TokenizerError(`The vocabulary ${data.kind} needs its rank file.`, 'Load it first.');
  }
  const full = tiktokenTokenizer(data.kind, ranks);
  return data.used === undefined ? full : usedVocabulary(full, data.used);
}
