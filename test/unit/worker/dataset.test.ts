/** @file What the engine says of a text before it trains on it. */
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../webview/config/run';
import { loadDataset, type Dataset } from '../../../webview/worker/dataset';
import { shortRun } from '../support/session';

function load(text: string, data: Partial<RunConfig['data']> = {}): Promise<Dataset> {
  const bytes = new TextEncoder().encode(text).buffer;
  return loadDataset(
    shortRun({}, {}, data),
    { name: 'text.txt', bytes },
    {
      asset: (name) => Promise.reject(new Error(`${name} was not expected.`)),
      signal: new AbortController().signal,
      onProgress: () => undefined,
      yieldTo: () => Promise.resolve(),
    },
  );
}

describe('a text of characters', () => {
  it('has one character a token, also beyond U+FFFF', async () => {
    expect((await load('abcd '.repeat(60))).charactersPerToken).toBe(1);
    expect((await load('😀😁😂🤣 '.repeat(60))).charactersPerToken).toBe(1);
  });
});
