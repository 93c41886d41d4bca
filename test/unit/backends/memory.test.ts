/** @file What tfjs holds in memory, counted on each backend. */
import { beforeAll, describe, expect, it } from 'vitest';

import { memoryInUse } from '../../../webview/backends/memory';
import * as tf from '../../../webview/backends/tf';
import { testedBackends, useBackend } from '../support/backends';

describe.each(testedBackends)('memory on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('counts tensors and their bytes', () => {
    const before = memoryInUse();
    const x = tf.ones([10, 10]);
    const after = memoryInUse();
    expect(after.tensors - before.tensors).toBe(1);
    expect(after.bytes - before.bytes).toBe(400);
    x.dispose();
    expect(memoryInUse().tensors).toBe(before.tensors);
  });

  it('knows the GPU’s share on WebGPU alone', async () => {
    // tfjs computes small tensors on the processor even there.
    const x = tf.add(tf.ones([64, 64]), 1);
    await x.data();
    const { gpuBytes } = memoryInUse();
    if (backend === 'webgpu') expect(gpuBytes).toBeGreaterThanOrEqual(4 * 64 * 64);
    else expect(gpuBytes).toBeUndefined();
    x.dispose();
  });
});
