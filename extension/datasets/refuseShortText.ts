/**
 * @file Whether a text is long enough for a model, before anything is stopped for it. Knows no VS
 * Code.
 */
import type { RunConfig } from '../../webview/config/run';
import { tooShort, trainingTokens } from '../../webview/config/textLength';
import { Refusal } from '../refusal';
import type { TextSource } from './decodeText';

/**
 * Throws a `Refusal` if `text` is too short to train on in characters. With other tokenizers the
 * engine finds out: only it has their vocabularies.
 */
export function refuseShortText({ data, model }: RunConfig, { bytes }: TextSource): void {
  if (data.tokenizer !== 'characters') return;
  const tokens = characters(new Uint8Array(bytes));
  const failure = tooShort(tokens, trainingTokens(tokens), model.context);
  if (failure !== undefined) throw new Refusal(failure);
}

/** Characters of UTF-8: all bytes but those that continue one. */
function characters(bytes: Uint8Array): number {
  return bytes.reduce((count, byte) => count + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);
}
