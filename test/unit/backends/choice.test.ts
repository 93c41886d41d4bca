/** @file Which backend is taken where, and what is said of it: every cause, forced. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Backend } from '../../../webview/config/backend';
import { causes, type Cause } from '../../../webview/backends/causes';
import { type BackendEnvironment } from '../../../webview/backends/choice';
import { Device } from '../../../webview/backends/device';
import * as tf from '../../../webview/backends/tf';
import { openWasm } from '../../../webview/backends/wasm';
import {
  beginChoosing,
  choose,
  closeDevices,
  failing,
  gpuWith,
  hardware,
  needs,
  softwareGpu,
  times,
} from '../support/choice';

beforeAll(beginChoosing);
afterEach(closeDevices);

/** Every row of the table of causes, with surroundings that force it and what is taken instead. */
const forced: Record<
  Cause,
  { taken: Backend; says: string; when: () => ReturnType<typeof choose> }
> = {
  'no-webgpu': {
    taken: 'wasm',
    says: 'WebGPU is missing here',
    when: () => choose({ gpu: undefined }),
  },
  'no-adapter': {
    taken: 'wasm',
    says: 'no graphics adapter',
    when: () => choose({ gpu: gpuWith(null) }),
  },
  'no-adapter-linux': {
    taken: 'wasm',
    says: '--enable-unsafe-webgpu --enable-features=Vulkan',
    when: () => choose({ gpu: gpuWith(null), linux: true }),
  },
  'software-adapter': {
    taken: 'wasm',
    says: 'emulated on the processor',
    when: () => choose({ gpu: softwareGpu }, { probe: times({ webgpu: 1, wasm: 2 }) }),
  },
  'device-refused': {
    taken: 'wasm',
    says: 'driver says no',
    when: () => choose({ openDevice: failing('driver says no') }),
  },
  'limit-missing': {
    taken: 'wasm',
    says: 'maxBufferSize is 1,000, and 5,000 is needed',
    when: () => choose({ gpu: gpuWith(hardware({ maxBufferSize: 1000 })) }, needs(1, 5000)),
  },
  'webgpu-memory': {
    taken: 'wasm',
    says: 'it needs about 1 kB, and there are 900 B',
    when: () => choose({ limits: { webgpu: 900, wasm: 2000, cpu: 2000 } }, needs(1000)),
  },
  'wasm-faster': {
    taken: 'wasm',
    says: '10.0 ms a step on WASM, 20.0 ms a step on WebGPU',
    when: () => choose({}, { probe: times({ webgpu: 20, wasm: 10 }) }),
  },
  'cpu-faster': {
    taken: 'cpu',
    says: '10.0 ms a step on plain CPU, 20.0 ms a step on WebGPU',
    when: () =>
      choose(
        { gpu: softwareGpu, openWasm: failing('refused') },
        { probe: times({ webgpu: 20, cpu: 10 }) },
      ),
  },
  'webgpu-probe-failed': {
    taken: 'wasm',
    says: 'loss is NaN',
    when: () =>
      choose(
        {},
        {
          probe: (backend) =>
            backend === 'webgpu' ? Promise.reject(new Error('loss is NaN')) : Promise.resolve(1),
        },
      ),
  },
  'device-lost': {
    taken: 'wasm',
    says: 'was lost earlier (the driver was reset). With WebGPU as the chosen backend',
    when: () => choose({}, { lost: 'the driver was reset' }),
  },
  'webgpu-not-chosen': {
    taken: 'wasm',
    says: 'you chose WASM',
    when: () => choose({}, { choice: 'wasm' }),
  },
  'webgpu-not-recorded': {
    taken: 'wasm',
    says: 'this run was trained on WASM and goes on there, to the same bits',
    when: () => choose({}, { recorded: 'wasm' }),
  },
  'wasm-blocked': {
    taken: 'cpu',
    says: 'unsafe-eval',
    when: () => choose({ gpu: undefined, openWasm: failing("needs 'wasm-unsafe-eval'") }),
  },
  'wasm-memory': {
    taken: 'cpu',
    says: 'it needs about 3 kB, and there are 2 kB',
    when: () => choose({ gpu: undefined }, needs(3000)),
  },
  'wasm-probe-failed': {
    taken: 'webgpu',
    says: 'memory is used up',
    when: () =>
      choose(
        {},
        {
          probe: (backend) =>
            backend === 'wasm'
              ? Promise.reject(new Error('memory is used up'))
              : Promise.resolve(1),
        },
      ),
  },
  'wasm-without-simd': {
    taken: 'wasm',
    says: 'without SIMD',
    when: () =>
      choose({
        gpu: undefined,
        openWasm: (assets) => openWasm(assets, () => Promise.resolve(false)),
      }),
  },
  'wasm-not-chosen': {
    taken: 'cpu',
    says: 'you chose plain CPU',
    when: () => choose({}, { choice: 'cpu' }),
  },
  'wasm-not-recorded': {
    taken: 'cpu',
    says: 'this run was trained on plain CPU and goes on there, to the same bits',
    when: () => choose({ gpu: undefined }, { recorded: 'cpu' }),
  },
};

/** Opens devices, and counts how often one of them was closed. */
function closings(): Pick<BackendEnvironment, 'openDevice'> & { readonly closed: () => number } {
  let count = 0;
  return {
    closed: () => count,
    openDevice: async (adapter) => {
      const device = await Device.open(adapter);
      const close = device.close.bind(device);
      device.close = () => {
        count += 1;
        close();
      };
      return device;
    },
  };
}

describe('the choice of a backend', () => {
  it.each(causes)('%s: says so, and trains on what is left', async (cause) => {
    const { taken, says, when } = forced[cause];
    const { report, device } = await when();
    const row = report.rejected.find((each) => each.cause === cause);
    expect(row?.message).toContain(says);
    expect(report.backend).toBe(taken);
    expect(tf.getBackend()).toBe(taken);
    expect(device !== undefined).toBe(taken === 'webgpu');
    const [two] = await tf.add(tf.scalar(1), tf.scalar(1)).data();
    expect(two).toBe(2);
  });

  it('keeps what the browser said when it refused to look for an adapter', async () => {
    const gpu = { requestAdapter: failing('the GPU process crashed') };
    const { report } = await choose({ gpu });
    expect(report.rejected[0]?.cause).toBe('no-adapter');
    expect(report.rejected[0]?.message).toContain('(the GPU process crashed)');
  });

  it('takes WebGPU where its trial step is faster, and records both times', async () => {
    const { report, device } = await choose({}, { probe: times({ webgpu: 5, wasm: 10 }) });
    expect(report.backend).toBe('webgpu');
    expect(report.probe).toEqual({ webgpu: 5, wasm: 10 });
    expect(report.adapter?.description).toBe('Acme Rocket');
    expect(report.rejected).toEqual([]);
    expect(report.reason).toContain('faster');
    expect(device).toBeDefined();
    expect(await tf.add(tf.scalar(1), tf.scalar(1)).data()).toEqual(Float32Array.of(2));
  });

  it('takes no WebGPU whose trial step was fast since the device had refused it', async () => {
    let raised: GPUDevice | undefined;
    const adapter = hardware();
    const request = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => (raised = await request(descriptor));
    const probe = (backend: Backend) => {
      const error = new GPUValidationError('no such binding');
      if (backend === 'webgpu')
        raised?.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }));
      return times({ webgpu: 1, wasm: 10 })(backend);
    };
    const { report } = await choose({ gpu: gpuWith(adapter) }, { probe });
    expect(report.backend).toBe('wasm');
    expect(report.rejected.map(({ cause }) => cause)).toEqual(['webgpu-probe-failed']);
    expect(report.rejected[0]?.message).toContain('no such binding');
  });

  it('runs the trial step on the backend that it names', async () => {
    const seen: [Backend, string][] = [];
    await choose(
      {},
      {
        probe: (backend) => {
          seen.push([backend, tf.getBackend()]);
          return Promise.resolve(1);
        },
      },
    );
    expect(seen).toEqual([
      ['webgpu', 'webgpu'],
      ['wasm', 'wasm'],
    ]);
  });

  it('takes a software adapter if the user chose WebGPU', async () => {
    const { report } = await choose({ gpu: softwareGpu }, { choice: 'webgpu' });
    expect(report.backend).toBe('webgpu');
    expect(report.adapter?.software).toBe(true);
    expect(report.reason).toBe('You chose WebGPU.');
  });

  it('falls back with a reason where the chosen WebGPU is missing', async () => {
    const { report } = await choose({ gpu: undefined }, { choice: 'webgpu' });
    expect(report.backend).toBe('wasm');
    expect(report.rejected.map(({ cause }) => cause)).toEqual(['no-webgpu']);
    expect(report.reason).toBe(
      'You chose WebGPU, which is missing here. WASM is the fastest that works here.',
    );
  });

  it('does not try WebGPU on a software adapter where WASM works', async () => {
    const probed: Backend[] = [];
    await choose(
      { gpu: softwareGpu },
      {
        probe: (backend) => {
          probed.push(backend);
          return Promise.resolve(1);
        },
      },
    );
    expect(probed).toEqual([]);
  });

  it('takes WebGPU without a trial where nothing else has room for the run', async () => {
    const probed: Backend[] = [];
    const probe = (backend: Backend) => {
      probed.push(backend);
      return Promise.resolve(1);
    };
    const { report } = await choose({}, { ...needs(3500), probe });
    expect(report.backend).toBe('webgpu');
    expect(report.reason).toBe('Only WebGPU has memory enough for this run.');
    expect(report.rejected.map(({ cause }) => cause)).toEqual(['wasm-memory']);
    expect(probed).toEqual([]);
  });

  it.each(['auto', 'webgpu', 'wasm', 'cpu'] as const)(
    'refuses a run that fits nowhere with its numbers before anything is opened: %s',
    async (choice) => {
      const open = () => Promise.reject(new Error('This was opened.'));
      const request = { choice, ...needs(5e9) };
      const refused = choose({ openDevice: open, openWasm: open }, request);
      const takes = choice === 'cpu' ? 'plain CPU takes up to 3 kB' : 'WASM takes up to 2 kB';
      await expect(refused).rejects.toMatchObject({
        code: 'model-too-large',
        message: expect.stringContaining(
          `Training this model of 1,234,567 parameters needs about 5.0 GB of memory, and ${takes}.`,
        ) as string,
        remedy: 'Choose fewer layers, a smaller width, a smaller batch or a shorter context.',
      });
    },
  );

  it('names WebGPU as a remedy where the chosen WASM is too small for the run, and takes no other', async () => {
    await expect(choose({}, { choice: 'wasm', ...needs(2500) })).rejects.toMatchObject({
      remedy: expect.stringContaining('or WebGPU as the backend') as string,
    });
  });

  it('gives up when it is told so during a trial, and closes the device', async () => {
    const abort = new AbortController();
    const probe = () => {
      abort.abort(new Error('enough'));
      return Promise.reject(new Error('enough'));
    };
    const { openDevice, closed } = closings();
    const given = choose({ openDevice }, { probe, signal: abort.signal });
    await expect(given).rejects.toThrow('enough');
    expect(closed()).toBe(1);
  });

  it('gives the graphics device back where WASM is the faster', async () => {
    const { openDevice, closed } = closings();
    await choose({ openDevice }, { probe: times({ webgpu: 20, wasm: 10 }) });
    expect(closed()).toBe(1);
  });
});
