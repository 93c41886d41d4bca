/** @file What the comparison of both ways to write says is what was measured. */
import { expect, it } from 'vitest';
import { defaultSampling } from '../../../../webview/config/presets';
import type { GenerateResult } from '../../../../webview/protocol/engineApi';
import { compareCaches, compared } from '../../../../webview/ui/views/generation/compare';

const sampling = { ...defaultSampling, maxTokens: 50 };

async function compare(uncached: Partial<GenerateResult>): Promise<string> {
  const done = await compareCaches(
    sampling,
    ({ cache }) => {
      const written = { text: 'a', tokens: 50, ended: 'length', step: 9 } as const;
      return Promise.resolve({
        ...written,
        tokensPerSecond: cache ? 100 : 25,
        cached: cache,
        ...(cache ? {} : uncached),
      });
    },
    () => undefined,
  );
  return compared(done);
}

it('times, their ratio, and that the texts are the same', async () => {
  expect(await compare({})).toBe(
    '50 tokens took 500 ms with the cache and 2.00 s without it: 4.0 times as fast with it. Both texts are the same.',
  );
});

it('texts of different weights differ, and it says what to do', async () => {
  expect(await compare({ text: 'b', step: 12 })).toContain(
    'training went from step 9 to 12 between them. Pause it',
  );
});

it('both ways are warmed up before they are timed', async () => {
  const asked: [boolean, number][] = [];
  await compareCaches(
    sampling,
    ({ cache, maxTokens }) => {
      asked.push([cache, maxTokens]);
      const ended = 'length' as const;
      const counted = { text: '', tokens: 1, tokensPerSecond: 1, step: 1 };
      return Promise.resolve({ ...counted, ended, cached: cache });
    },
    () => undefined,
  );
  expect(asked).toEqual([
    [true, 4],
    [false, 4],
    [true, 50],
    [false, 50],
  ]);
});

it('nothing is said of a cache that the model cannot have', async () => {
  const written = { text: 'a', tokens: 4, tokensPerSecond: 9, ended: 'length', step: 1 } as const;
  const write = (): Promise<GenerateResult> => Promise.resolve({ ...written, cached: false });
  await expect(compareCaches(sampling, write, () => undefined)).rejects.toMatchObject({
    code: 'no-cache',
  });
});
