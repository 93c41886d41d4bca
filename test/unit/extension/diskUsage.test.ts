/** @file What is given up when runs take more disk than the user allows. */
import { describe, expect, it } from 'vitest';
import { removalsOver, type RunUsage } from '../../../extension/runs/diskUsage';

const run = (id: string, day: number, active = false): RunUsage => ({
  id,
  updated: `2026-01-0${day}T00:00:00.000Z`,
  active,
  checkpoints: [
    { step: 100, bytes: 100 },
    { step: 200, bytes: 100 },
    { step: 300, bytes: 100 },
  ],
  textBytes: 10,
  momentBytes: 0,
  isEmpty: false,
  bestStep: 200,
});

const removed = (limit: number, runs: readonly RunUsage[]): string[] =>
  removalsOver(limit, runs).map(({ run: { id }, step }) => `${id} ${step}`);

describe('the limit on disk usage', () => {
  it('removes nothing while it holds', () => {
    expect(removalsOver(620, [run('a', 1), run('b', 2)])).toEqual([]);
  });

  it('takes the oldest run first and leaves its best checkpoint', () => {
    expect(removed(450, [run('new', 2), run('old', 1)])).toEqual(['old 100', 'old 300']);
  });

  it('takes best checkpoints only when nothing else is left', () => {
    expect(removed(150, [run('new', 2), run('old', 1)])).toEqual([
      'old 100',
      'old 300',
      'new 100',
      'new 300',
      'old 200',
    ]);
  });

  it('never touches a run that is being trained, however large', () => {
    expect(removalsOver(10, [run('live', 1, true)])).toEqual([]);
  });

  it('counts the text as gone with the last checkpoint: runs on large texts do not empty all others', () => {
    const onLargeText = Array.from({ length: 60 }, (_, day) => ({
      ...run(`run ${day}`, 0),
      updated: String(day).padStart(3, '0'),
      checkpoints: [{ step: 200, bytes: 5 }],
      textBytes: 20,
    }));
    const removals = removed(1024, onLargeText);
    expect(removals).toHaveLength(20);
    expect(removals[0]).toBe('run 0 200');
  });

  it('gives up nothing that would free no space', () => {
    const lost = { ...run('lost', 1), textBytes: 0, checkpoints: [{ step: 200, bytes: 0 }] };
    expect(removed(10, [lost])).toEqual([]);
  });
});
