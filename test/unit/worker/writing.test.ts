/** @file Whether a text is written at a pace while its model trains. */
import { beforeAll, expect, it } from 'vitest';

import { defaultSampling } from '../../../webview/config/presets';
import { useBackend } from '../support/backends';
import { shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

it('gets up to half the time: long steps do not hold up every token of it', async () => {
  const tested = new TestedSession();
  const { session } = tested;
  const rare = { evaluateEvery: 5000, sampleEvery: 5000 };
  // A step takes as long as dozens of tokens.
  await tested.start(shortRun({}, { steps: 5000, batchSize: 256, ...rare }));
  await tested.made(2);
  const from = session.run?.step ?? NaN;
  const sampling = { ...defaultSampling, maxTokens: 300 };
  const { tokens } = await session.generate(
    { id: 'prompt-1', prompt: 'the cat', sampling },
    new AbortController().signal,
    () => undefined,
  );
  const steps = (session.run?.step ?? NaN) - from;
  await session.stop();
  expect(tokens).toBe(300);
  // A token after each step would take as many steps as tokens.
  expect(steps).toBeLessThan(tokens / 3);
  // Training goes on meanwhile.
  expect(steps).toBeGreaterThan(0);
});

it.each([
  ['causal', true],
  ['none', false],
] as const)('with the mask %s, keys and values were kept: %s', async (mask, cached) => {
  const tested = new TestedSession();
  await tested.start(shortRun({ mask }, { steps: 1 }));
  await tested.ended();
  const sampling = { ...defaultSampling, maxTokens: 3, cache: true };
  const written = await tested.session.generate(
    { id: 'prompt-1', prompt: 'the cat', sampling },
    new AbortController().signal,
    () => undefined,
  );
  expect(written.cached).toBe(cached);
});
