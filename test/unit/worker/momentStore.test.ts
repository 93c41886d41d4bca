/** @file The moments that are kept of a run: which, how many, and what heads become in them. */
import { describe, expect, it } from 'vitest';
import { MomentStore } from '../../../webview/worker/momentStore';
import { gainedAt, momentAt, path } from '../support/moments';

const stepsOf = (store: MomentStore): number[] => store.summaries.map(({ step }) => step);

describe('moments of a run', () => {
  it('are all kept while there is room, and can be had whole', () => {
    const store = new MomentStore(1e6);
    for (const step of [0, 5, 10]) store.add(momentAt(step));
    expect(stepsOf(store)).toEqual([0, 5, 10]);
    expect(store.at(5)?.patterns[0]).toHaveLength(1024);
    expect(store.at(6)).toBeUndefined();
    expect(store.summaries[1]).toEqual({
      runId: 'a',
      step: 5,
      trainingLoss: { step: 5, value: 0.2 },
      gained: [],
    });
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

describe('a run that goes on', () => {
  const restored = (store: MomentStore, steps: number[], upTo: number): MomentStore => {
    const moments = steps.map((step) => momentAt(step, 'induction'));
    const began = [{ path, head: 1, role: 'uniform' }] as const;
    store.restore('b', { moments, roles: { began, gained: [gainedAt(5), gainedAt(30)] } }, upTo);
    return store;
  };

  it('has its moments up to the step that it goes on from, and sees the later ones again', () => {
    const store = restored(new MomentStore(), [0, 10, 20, 30], 20);
    expect(stepsOf(store)).toEqual([0, 10, 20]);
    expect(store.at(10)?.runId).toBe('b');
    expect(store.gained).toEqual([gainedAt(5)]);
    store.add(momentAt(25));
    expect(stepsOf(store)).toEqual([0, 10, 20, 25]);
  });

  it('has fewer of them where they take too much room, and marks every head once', () => {
    const store = restored(new MomentStore(4500), [0, 5, 10, 15, 20], 20);
    expect(stepsOf(store)).toEqual([0, 10, 20]);
    // What the first one began with, and what another had gained, is nothing new.
    const roles = ['induction', 'uniform', 'uniform'] as const;
    expect(store.add(momentAt(25, ...roles)).gained).toEqual([gainedAt(25, 'uniform', 2)]);
    expect(store.gained).toEqual([gainedAt(5), gainedAt(25, 'uniform', 2)]);
  });

  it('of which nothing is left begins with what its heads do now', () => {
    const store = new MomentStore();
    expect(store.add(momentAt(500, 'induction')).gained).toEqual([]);
    expect(store.add(momentAt(600, 'uniform')).gained).toEqual([gainedAt(600, 'uniform')]);
  });
});

describe('a snapshot', () => {
  const taken = (store: MomentStore) => store.takeUnsaved()?.moments.map(({ step }) => step);

  it('has what was seen since the one before, and what heads have had in all', () => {
    const store = new MomentStore();
    expect(store.takeUnsaved()).toBeUndefined();
    store.add(momentAt(0, 'uniform'));
    store.add(momentAt(5, 'induction'));
    expect(taken(store)).toEqual([0, 5]);
    expect(store.hasUnsaved).toBe(false);
    store.add(momentAt(10, 'mixed'));
    const part = store.takeUnsaved();
    expect(part?.moments.map(({ step }) => step)).toEqual([10]);
    expect(part?.roles).toEqual({
      began: [{ path, head: 0, role: 'uniform' }],
      gained: [gainedAt(5)],
    });
  });

  it('that was not stored gives back what it had', () => {
    const store = new MomentStore();
    for (const step of [0, 5]) store.add(momentAt(step));
    const part = store.takeUnsaved();
    store.add(momentAt(10));
    if (part) store.takeBack(part);
    expect(taken(store)).toEqual([0, 5, 10]);
  });

  it('has not the moments that the run came with', () => {
    const store = new MomentStore();
    const roles = { began: [], gained: [] };
    store.restore('a', { moments: [momentAt(0), momentAt(5)], roles }, 5);
    expect(store.hasUnsaved).toBe(false);
    store.add(momentAt(10));
    expect(taken(store)).toEqual([10]);
  });

  it('stays small: of very many it has every other one, and the first and the last', () => {
    const store = new MomentStore(1e6, 5500);
    for (let step = 0; step < 9; step++) store.add(momentAt(step));
    expect(taken(store)).toEqual([0, 2, 4, 6, 8]);
    expect(stepsOf(store)).toHaveLength(9);
  });
});
