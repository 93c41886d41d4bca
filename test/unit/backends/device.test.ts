/** @file A WebGPU device: its limits, its loss, and the troubles that tfjs lets pass. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { Device, type DeviceTrouble } from '../../../webview/backends/device';
import * as tf from '../../../webview/backends/tf';
import { useBackend } from '../support/backends';
import { dawnAdapter } from '../support/dawn';

/** Opens Dawn's adapter as the current backend and collects its troubles. */
async function open() {
  const device = await Device.open(await dawnAdapter());
  await tf.setBackend('webgpu');
  const troubles: DeviceTrouble[] = [];
  let heard: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    heard = resolve;
  });
  device.onTrouble((trouble) => {
    troubles.push(trouble);
    heard();
  });
  return { device, troubles, first };
}

describe('a WebGPU device', () => {
  beforeAll(() => useBackend('cpu'));
  afterEach(() => tf.setBackend('cpu'));

  it('computes on the device that was opened, with the adapter’s full limits', async () => {
    const adapter = await dawnAdapter();
    const { device } = await open();
    expect(tf.getBackend()).toBe('webgpu');
    expect([...(await tf.add(tf.tensor([1, 2]), 1).data())]).toEqual([2, 3]);
    expect(device.limits.maxBufferSize).toBe(adapter.limits.maxBufferSize);
    expect(device.adapter.software).toBe(true);
    device.close();
  });

  it('tells that it was lost', async () => {
    const { device, troubles, first } = await open();
    device.destroy();
    await first;
    expect(troubles[0]?.kind).toBe('lost');
    device.close();
  });

  it('tells that it was lost also to those who ask afterwards', async () => {
    const { device, first } = await open();
    device.destroy();
    await first;
    const told = await new Promise<DeviceTrouble>((resolve) => device.onTrouble(resolve));
    expect(told.kind).toBe('lost');
    device.close();
  });

  it('tells of an allocation beyond its limit, which tfjs lets pass', async () => {
    const { device, troubles, first } = await open();
    const elements = device.limits.maxBufferSize / 4 + 1024;
    tf.tidy(() => {
      tf.fill([elements], 1);
    });
    await first;
    expect(troubles[0]?.kind).toMatch(/invalid-command|out-of-memory/);
    device.close();
  });

  it('tells a refused allocation from a refused command, also to who listens later', async () => {
    const adapter = await dawnAdapter();
    let raised: GPUDevice | undefined;
    const device = await Device.open({
      features: adapter.features,
      limits: adapter.limits,
      info: adapter.info,
      requestDevice: async (descriptor: GPUDeviceDescriptor) => {
        raised = await adapter.requestDevice(descriptor);
        return raised;
      },
    } as unknown as GPUAdapter);
    const troubles: DeviceTrouble[] = [];
    const stop = device.onTrouble((trouble) => troubles.push(trouble));
    const raise = (): void => {
      for (const error of [new GPUOutOfMemoryError('no room'), new GPUValidationError('no sense')])
        raised?.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }));
    };
    raise();
    const told: DeviceTrouble[] = [
      { kind: 'out-of-memory', message: 'no room' },
      { kind: 'invalid-command', message: 'no sense' },
    ];
    expect(troubles).toEqual(told);
    stop();
    // While the model is made nobody listens.
    raise();
    const later: DeviceTrouble[] = [];
    device.onTrouble((trouble) => later.push(trouble));
    await expect.poll(() => later).toEqual(told);
    device.close();
  });

  it('stays silent when it is closed on purpose', async () => {
    const { device, troubles } = await open();
    device.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(troubles).toEqual([]);
  });

  it('serves again after a loss: a new device replaces the old', async () => {
    const { device, first } = await open();
    device.destroy();
    await first;
    device.close();
    const next = await open();
    expect([...(await tf.mul(tf.tensor([2, 3]), 2).data())]).toEqual([4, 6]);
    next.device.close();
  });
});
