/**
 * @file GPT-2's and GPT-4's vocabularies over js-tiktoken's rank files, which are passed in as
 * data. Knows nothing of where they are fetched. The merge is ours: the library's takes a minute
 * for a line of 32,000 equal characters.
 */
import { endOfTextLabel } from '../config/endOfText';
import type { TiktokenBPE } from 'js-tiktoken/lite';
import { bytePairMerge } from './bytePairMerge';
import { checkId, joinEncoded, TokenizerError, visibleText } from './tokenizer';
import type { EncodedPart, Tokenizer } from './tokenizer';

/** A rank file of js-tiktoken, parsed: `pat_str`, `special_tokens` and `bpe_ranks`. */
export type TiktokenRanks = TiktokenBPE;

const reinstall = 'Reinstall the extension, which brings the file.';

/** Tokens a part of `encodeParts` holds before it is handed over. */
const partTokens = 1 << 14;

/**
 * A rank file, parsed.
 * @throws TokenizerError if it is no JSON: cut short when it was installed, say
 */
export function parseRanks(kind: string, file: ArrayBuffer): TiktokenRanks {
  try {
    return JSON.parse(new TextDecoder().decode(file)) as TiktokenRanks;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TokenizerError(`The rank file of ${kind} is damaged: ${reason}.`, reinstall);
  }
}

/**
 * A tokenizer equal to tiktoken's, special tokens being ordinary text (`encode(text, [], [])`).
 * @throws TokenizerError if the ranks are not those of a tiktoken vocabulary
 */
export function tiktokenTokenizer(kind: 'gpt2' | 'cl100k_base', ranks: TiktokenRanks): Tokenizer {
  const { rankOf, bytesOf, longest } = readRanks(kind, ranks.bpe_ranks);
  const endOfText = ranks.special_tokens[endOfTextLabel];
  if (endOfText === undefined) {
    throw new TokenizerError(
      `The rank file of ${kind} is damaged: it has no ${endOfTextLabel}.`,
      reinstall,
    );
  }
  const vocabularySize = 1 + Math.max(bytesOf.length - 1, ...Object.values(ranks.special_tokens));
  const pattern = new RegExp(ranks.pat_str, 'ug');
  const utf8 = new TextEncoder();
  const lookUp = (bytes: string): number | undefined => rankOf.get(bytes);

  function* encodeParts(text: string): Generator<EncodedPart> {
    let ids: number[] = [];
    let consumed = 0;
    for (const match of text.matchAll(pattern)) {
      const bytes = binaryString(utf8.encode(match[0]));
      const whole = rankOf.get(bytes);
      if (whole === undefined) for (const id of bytePairMerge(bytes, lookUp, longest)) ids.push(id);
      else ids.push(whole);
      consumed = match.index + match[0].length;
      if (ids.length >= partTokens) {
        yield { ids: Int32Array.from(ids), consumed };
        ids = [];
      }
    }
    if (ids.length > 0) yield { ids: Int32Array.from(ids), consumed };
  }

  return {
    kind,
    vocabularySize,
    endOfText,
    encodeParts,
    encode: (text) => joinEncoded(encodeParts(text)),
    decode(ids) {
      let bytes = '';
      for (const id of Array.from(ids)) {
        checkId(id, vocabularySize);
        bytes += bytesOf[id] ?? '';
      }
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesFrom(bytes));
    },
    labelOf(id) {
      checkId(id, vocabularySize);
      const bytes = bytesOf[id];
      if (bytes !== undefined) return byteLabel(bytes);
      const special = Object.entries(ranks.special_tokens).find(([, value]) => value === id);
      return special?.[0] ?? `<|${id}|>`;
    },
    serialize: () => ({ kind }),
  };
}

interface Ranks {
  readonly rankOf: ReadonlyMap<string, number>;
  /** The bytes of each id, one UTF-16 unit a byte; holes where an id is unused. */
  readonly bytesOf: readonly (string | undefined)[];
  readonly longest: number;
}

/** A rank file is lines of `! first token token …`: base64, ids counted up from `first`. */
function readRanks(kind: string, file: string): Ranks {
  const rankOf = new Map<string, number>();
  const bytesOf: (string | undefined)[] = [];
  let longest = 0;
  for (const line of file.split('\n')) {
    const [, first, ...tokens] = line.split(' ');
    if (first === undefined) continue;
    let id = Number.parseInt(first, 10);
    for (const token of tokens) {
      const bytes = atob(token);
      rankOf.set(bytes, id);
      bytesOf[id] = bytes;
      longest = Math.max(longest, bytes.length);
      id += 1;
    }
  }
  for (let byte = 0; byte < 256; byte++) {
    if (rankOf.has(String.fromCharCode(byte))) continue;
    throw new TokenizerError(
      `The rank file of ${kind} is damaged: it has no token for byte ${byte}.`,
      reinstall,
    );
  }
  return { rankOf, bytesOf, longest };
}

/** Arguments that one call of String.fromCharCode takes safely. */
const callLimit = 1 << 13;

function binaryString(bytes: Uint8Array): string {
  if (bytes.length <= callLimit) return String.fromCharCode(...bytes);
  let text = '';
  for (let start = 0; start < bytes.length; start += callLimit) {
    text += String.fromCharCode(...bytes.subarray(start, start + callLimit));
  }
  return text;
}

function bytesFrom(binary: string): Uint8Array {
  return Uint8Array.from(binary, (unit) => unit.charCodeAt(0));
}

function byteLabel(bytes: string): string {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return visibleText(decoder.decode(bytesFrom(bytes)));
  } catch {
    return Array.from(bytes, (unit) => {
      const byte = unit.charCodeAt(0);
      const isPrintable = byte > 0x20 && byte < 0x7f;
      return isPrintable ? unit : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }).join('');
  }
}
