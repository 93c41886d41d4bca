/** @file That what is called the current backend is the one that computes. */
import { afterEach, beforeAll, expect, it } from 'vitest';

import { forgetBackend, makeCurrent } from '../../../webview/backends/registry';
import * as tf from '../../../webview/backends/tf';
import { useBackend } from '../support/backends';

beforeAll(() => useBackend('cpu'));
afterEach(() => {
  forgetBackend('broken');
});

it('a backend that cannot start is refused by its name: tfjs would take another in silence', async () => {
  tf.registerBackend('broken', () => {
    throw new Error('No such device.');
  });
  await expect(makeCurrent('broken')).rejects.toThrow('The backend broken does not start.');
  await makeCurrent('cpu');
  expect(tf.getBackend()).toBe('cpu');
});
