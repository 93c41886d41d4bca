/** @file Encoding a large file keeps the thread free, shows progress and stops when asked. */
import gpt2 from 'js-tiktoken/ranks/gpt2';
import { describe, expect, it } from 'vitest';
import { charactersOf } from '../../../webview/tokenizers/characters';
import { encodeInChunks } from '../../../webview/tokenizers/encodeInChunks';
import { tiktokenTokenizer } from '../../../webview/tokenizers/tiktoken';

const text = 'The quick brown fox, they say: 12 times!\n'.repeat(5000);
const yieldTo = (): Promise<void> => Promise.resolve();

describe.each([charactersOf([text]), tiktokenTokenizer('gpt2', gpt2)])('$kind', (tokenizer) => {
  it('gives the same ids as encoding at once, with rising progress that ends at 1', async () => {
    const shares: number[] = [];
    const ids = await encodeInChunks(tokenizer, text, {
      yieldTo,
      onProgress: (share) => shares.push(share),
    });
    expect(ids).toEqual(tokenizer.encode(text));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('stops after the part in which it was cancelled', async () => {
    const controller = new AbortController();
    let yields = 0;
    const encoding = encodeInChunks(tokenizer, text, {
      signal: controller.signal,
      yieldTo: () => {
        yields += 1;
        if (yields === 2) controller.abort(new Error('cancelled by the user'));
        return Promise.resolve();
      },
    });
    await expect(encoding).rejects.toThrow('cancelled by the user');
    expect(yields).toBe(2);
  });

  it('does nothing for an empty text', async () => {
    await expect(encodeInChunks(tokenizer, '', { yieldTo })).resolves.toHaveLength(0);
  });
});
