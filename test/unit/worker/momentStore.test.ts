/** @file The moments that are kept of a run: which, how many, and what heads become in them. */
import { describe, expect, it } from 'vitest';
import type { HeadRole, HeadScores } from '../../../webview/protocol/attentionMaps';
import { MomentStore, type NewMoment } from '../../../webview/worker/momentStore';

const path = 'decoder.0.selfAttention.pattern';

const scores = {
  'previous-token': 0,
  'first-token': 0,
  'same-token': 0,
  induction: 0,
  uniform: 0,
} as const;

/** A moment of about 1,000 bytes. */
function momentAt(step: number, ...roles: HeadRole[]): NewMoment {
  return {
    runId: 'a',
    step,
    loss: 1 / step,
    tokens: [],
    modules: [{ path, heads: roles.length }],
    cells: 1,
    patterns: [new Uint8Array(1000)],
    top: 1,
    nextIds: new Int32Array(0),
    nextProbabilities: new Float32Array(0),
    vocabulary: [],
    heads: roles.map((role, head): HeadScores => ({ path, head, role, scores })),
  };
}

const stepsOf = (store: MomentStore): number[] => store.summaries.map(({ step }) => step);

describe('moments of a run', () => {
  it('are all kept while there is room, and can be had whole', () => {
    const store = new MomentStore(1e6);
    for (const step of [0, 5, 10]) store.add(momentAt(step));
    expect(stepsOf(store)).toEqual([0, 5, 10]);
    expect(store.at(5)?.patterns[0]).toHaveLength(1000);
    expect(store.at(6)).toBeUndefined();
    expect(store.summaries[1]).toEqual({ runId: 'a', step: 5, loss: 0.2, gained: [] });
  });

  it('lose every other one where there is no room, but never the first nor the last', () => {
    const store = new MomentStore(5500);
    const kept: number[][] = [];
    for (let step = 0; step <= 9; step++) {
      store.add(momentAt(step));
      kept.push(stepsOf(store));
    }
    expect(kept[4]).toEqual([0, 1, 2, 3, 4]);
    expect(kept[5]).toEqual([0, 2, 4, 5]);
    expect(kept[6]).toEqual([0, 2, 4, 5, 6]);
    expect(kept[7]).toEqual([0, 4, 6, 7]);
    expect(kept.every((steps, at) => steps[0] === 0 && steps.at(-1) === at)).toBe(true);
  });

  it('that are larger than all room keep the first and the last', () => {
    const store = new MomentStore(10);
    for (let step = 0; step < 5; step++) store.add(momentAt(step));
    expect(stepsOf(store)).toEqual([0, 4]);
  });
});

describe('the moment a head becomes what it is', () => {
  it('is the first at which it has the role; what it begins with it has not become', () => {
    const store = new MomentStore(1e6);
    expect(store.add(momentAt(0, 'uniform', 'mixed')).gained).toEqual([]);
    expect(store.add(momentAt(5, 'mixed', 'mixed')).gained).toEqual([]);
    const gained = [{ step: 10, path, head: 1, role: 'induction' }];
    expect(store.add(momentAt(10, 'uniform', 'induction')).gained).toEqual(gained);
    expect(store.add(momentAt(15, 'uniform', 'mixed')).gained).toEqual([]);
    expect(store.add(momentAt(20, 'uniform', 'induction')).gained).toEqual([]);
    expect(store.gained).toEqual(gained);
  });

  it('is known also when the moment itself is kept no longer', () => {
    const store = new MomentStore(10);
    store.add(momentAt(0, 'mixed'));
    store.add(momentAt(1, 'induction'));
    store.add(momentAt(2, 'induction'));
    expect(stepsOf(store)).toEqual([0, 2]);
    expect(store.gained).toEqual([{ step: 1, path, head: 0, role: 'induction' }]);
  });
});
