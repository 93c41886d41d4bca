/**
 * @file Encodes a long text without holding up its thread: yields between parts and can be
 * cancelled.
 */
import { concatenate } from './tokenizer';
import type { Tokenizer } from './tokenizer';

export interface ChunkOptions {
  /** Gives the thread away between parts; resolves when it is ours again. */
  readonly yieldTo: () => Promise<void>;
  readonly signal?: AbortSignal;
  /** Called after each part with the share of the text encoded, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * The same ids as `tokenizer.encode(text)`.
 * @throws the signal's reason when it is aborted; TokenizerError as `encode`
 */
export async function encodeInChunks(
  tokenizer: Tokenizer,
  text: string,
  { yieldTo, signal, onProgress }: ChunkOptions,
): Promise<Int32Array> {
  const parts: Int32Array[] = [];
  signal?.throwIfAborted();
  for (const { ids, consumed } of tokenizer.encodeParts(text)) {
    parts.push(ids);
    onProgress?.(consumed / text.length);
    await yieldTo();
    signal?.throwIfAborted();
  }
  return concatenate(parts);
}
