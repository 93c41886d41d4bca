/** @file What is given up when runs take more disk than the user allows. */
import { describe, expect, it } from 'vitest';
import { removalsOver, type RunUsage } from '../../../extension/runs/diskUsage';

const run = (id: string, day: number, active = false): RunUsage => ({
  id,
  updated: `2026-01-0${day}T00:00:00.000Z`,
  active,
  bytes: 310,
  checkpoints: [
    { step: 100, bytes: 100 },
    { step: 200, bytes: 100 },
    { step: 300, bytes: 100 },
  ],
  bestStep: 200,
});

describe('the limit on disk usage', () => {
  it('removes nothing while it holds', () => {
    expect(removalsOver(620, [run('a', 1), run('b', 2)])).toEqual([]);
  });

  it('takes the oldest run first and leaves its best checkpoint', () => {
    expect(removalsOver(450, [run('new', 2), run('old', 1)])).toEqual([
      { id: 'old', step: 100 },
      { id: 'old', step: 300 },
    ]);
  });

  it('takes best checkpoints only when nothing else is left', () => {
    const removals = removalsOver(150, [run('new', 2), run('old', 1)]);
    expect(removals).toEqual([
      { id: 'old', step: 100 },
      { id: 'old', step: 300 },
      { id: 'new', step: 100 },
      { id: 'new', step: 300 },
      { id: 'old', step: 200 },
    ]);
  });

  it('never touches a run that is being trained, however large', () => {
    expect(removalsOver(10, [run('live', 1, true)])).toEqual([]);
  });
});
