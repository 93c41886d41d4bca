/** @file What a run records of where it trains, and where it goes on when it is continued. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { openWasm } from '../../../webview/backends/wasm';
import {
  beginChoosing,
  choose,
  closeDevices,
  failing,
  needs,
  softwareGpu,
  times,
} from '../support/choice';

beforeAll(beginChoosing);
afterEach(closeDevices);

describe('the choice for a run that is continued', () => {
  const missing = { cause: 'no-webgpu', action: 'open-gpu-help' };

  it.each([
    ['wasm', 'This run was trained on WASM and goes on there.', []],
    ['cpu', 'This run was trained on plain CPU and goes on there.', ['wasm-not-recorded']],
    [
      'webgpu',
      'This run was trained on WebGPU, which is missing here. WASM is the fastest that works here.',
      [],
    ],
  ] as const)(
    'on %s says so, and why not WebGPU, with its button, as at first',
    async (recorded, reason, others) => {
      const first = await choose({ gpu: undefined });
      const { report } = await choose({ gpu: undefined }, { recorded });
      expect(report.reason).toBe(reason);
      expect(report.rejected[0]).toMatchObject(missing);
      expect(report.rejected[0]).toEqual(first.report.rejected[0]);
      expect(report.rejected.slice(1).map(({ cause }) => cause)).toEqual(others);
    },
  );

  it('on WebGPU takes it again without a trial', async () => {
    const { report, device } = await choose({}, { recorded: 'webgpu', probe: times({ wasm: 1 }) });
    expect(report.backend).toBe('webgpu');
    expect(report.reason).toBe('This run was trained on WebGPU and goes on there.');
    expect(report).not.toHaveProperty('probe');
    expect(device).toBeDefined();
  });

  it('on WASM beside an emulated adapter names that as the cause', async () => {
    const { report } = await choose({ gpu: softwareGpu }, { recorded: 'wasm' });
    expect(report.rejected.map(({ cause }) => cause)).toEqual(['software-adapter']);
  });

  it('on WASM where that does not start any more names what kept it', async () => {
    const changes = { gpu: undefined, openWasm: failing('refused') };
    const { report } = await choose(changes, { recorded: 'wasm' });
    expect(report.backend).toBe('cpu');
    expect(report.reason).toBe(
      'This run was trained on WASM, which could not start. Plain CPU is slow, but works everywhere.',
    );
  });

  it('on WASM that has become too small for it is told that WebGPU would do', async () => {
    const limits = { webgpu: 4000, wasm: 100, cpu: 100 };
    await expect(choose({ limits }, { recorded: 'wasm', ...needs(2500) })).rejects.toMatchObject({
      code: 'model-too-large',
      remedy: expect.stringContaining('or WebGPU as the backend') as string,
    });
  });

  it('elsewhere than the user chooses now follows the user', async () => {
    const { report } = await choose({}, { choice: 'wasm', recorded: 'cpu' });
    expect(report.reason).toBe('You chose WASM.');
    expect(report.rejected.map(({ cause }) => cause)).toEqual(['webgpu-not-chosen']);
  });
});

describe('what a run records of its arithmetic', () => {
  it.each([
    [true, 'yes'],
    [false, 'no'],
  ])('is whether WASM has SIMD: %s', async (simd, recorded) => {
    const { report } = await choose({
      gpu: undefined,
      openWasm: async (assets) => openWasm(assets, () => Promise.resolve(simd)),
    });
    expect(report.versions).toMatchObject({ simd: recorded });
  });

  it('is nothing of WASM where it trains elsewhere', async () => {
    const { report } = await choose({}, { probe: times({ webgpu: 1, wasm: 2 }) });
    expect(report.backend).toBe('webgpu');
    expect(report.versions).not.toHaveProperty('simd');
  });
});
