/** @file Whether a snapshot can read weights in the middle of a step. */
import { expect, it } from 'vitest';

import { Turns } from '../../../webview/worker/turns';

it('begins a snapshot when the step before it has ended, even badly, and not before', async () => {
  const turns = new Turns();
  const told: string[] = [];
  let end: () => void = () => undefined;
  const step = turns.take(async () => {
    told.push('step begins');
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    told.push('step ends');
    throw new Error('diverged');
  });
  const snapshot = turns.take(() => {
    told.push('snapshot');
    return Promise.resolve(7);
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(told).toEqual(['step begins']);
  end();
  await expect(step).rejects.toThrow('diverged');
  expect(await snapshot).toBe(7);
  expect(told).toEqual(['step begins', 'step ends', 'snapshot']);
});
