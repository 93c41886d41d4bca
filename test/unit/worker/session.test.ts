/** @file The engine's state machine, driven as the page drives it. */
import { beforeAll, describe, expect, it } from 'vitest';

import { useBackend } from '../support/backends';
import { shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

describe('a run', () => {
  it('goes from idle through loading and training to idle, and keeps its model', async () => {
    const tested = new TestedSession();
    const facts = await tested.start(shortRun());
    const end = await tested.ended();
    expect(end).toMatchObject({ phase: 'idle', last: { step: 12, outcome: 'finished' } });
    expect(tested.phases).toEqual(['loading', 'training', 'idle']);
    expect(facts.backend.backend).toBe('wasm');
    expect(tested.snapshots.map(({ step, reason }) => [step, reason])).toEqual([[12, 'finish']]);
    expect(tested.metrics.map(({ step }) => step).sort((a, b) => a - b)).toHaveLength(12 + 4);
    expect(tested.samples.map(({ step }) => step)).toEqual([6, 12]);
  });

  it('can be followed by another one in the same session', async () => {
    const tested = new TestedSession();
    await tested.start(shortRun());
    await tested.ended();
    await tested.start(shortRun());
    expect(await tested.ended()).toMatchObject({ phase: 'idle', last: { outcome: 'finished' } });
  });
});
