/** @file Counts stay right while the table grows and keys collide. */
import { runInNewContext } from 'node:vm';

import { expect, it } from 'vitest';

import { integerBelow, randomKey } from '../../../webview/config/random';
import { CountTable } from '../../../webview/tasks/countTable';

it.each([100, 2 ** 31, 100_277 ** 3])('counts 50,000 keys below %i as a Map does', (bound) => {
  const table = new CountTable(2);
  const map = new Map<number, number>();
  const key = randomKey(3, 'batch');
  for (let i = 0; i < 50_000; i++) {
    const value = integerBelow(key, i, 40_000) * Math.floor(bound / 40_000 || 1);
    const before = map.get(value) ?? 0;
    if (table.increment(value) !== before) expect.fail(`wrong count of ${value}`);
    map.set(value, before + 1);
  }
  expect(table.size).toBe(map.size);
  expect([...map].every(([value, count]) => table.get(value) === count)).toBe(true);
  expect(table.get(bound + 1)).toBe(0);
  expect([-1, -59, -100_277].map((never) => table.get(never))).toEqual([0, 0, 0]);
});

it('answers for a key that it lacks, however many it holds', () => {
  const table = new CountTable(2);
  const lacked: number[] = [];
  const fill = () => {
    for (let key = 0; key < 300; key++) {
      table.increment(key);
      for (let other = 300; other < 310; other++) lacked.push(table.get(other));
    }
  };
  // A table without a free slot searches for ever: only a limit from outside ends that.
  runInNewContext('fill()', { fill }, { timeout: 5000 });
  expect(lacked).toEqual(new Array(3000).fill(0));
});
