/**
 * @file Runs that take more memory than there is: refused in time, told in plain words, and without
 * harm to the next.
 */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { wasmBackend } from '../../../webview/backends/wasmBackend';
import { PlaygroundError } from '../../../webview/config/errors';
import { outOfMemoryCode } from '../../../webview/config/memory';
import { model } from '../../../webview/model/model';
import { explained } from '../../../webview/worker/memoryFailure';
import { useBackend } from '../support/backends';
import { longRun, shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

afterEach(() => {
  vi.restoreAllMocks();
});

/** A model of 600 million parameters. */
const huge = shortRun({ layers: 12, dModel: 2048, heads: 16, context: 64 });

const needs = { parameters: 1_000_000, total: 5e9, largestTensor: 1 };

/** The next tiny run trains on WASM, as it was told. */
async function expectTinyRunOnWasm(tested: TestedSession): Promise<void> {
  const { backend } = await tested.start(shortRun());
  expect(backend.backend).toBe('wasm');
  expect(await tested.ended()).toMatchObject({ phase: 'idle', last: { outcome: 'finished' } });
}

describe('a model too large for WASM', () => {
  it('is refused before anything is allocated, with its size, what it needs and what there is', async () => {
    const tested = new TestedSession();
    const initialized = vi.spyOn(model, 'initialValues');
    await expect(tested.start(huge)).rejects.toMatchObject({ code: 'model-too-large' });
    expect(initialized).not.toHaveBeenCalled();
    expect(tested.session.state).toMatchObject({
      phase: 'failed',
      failure: {
        message: expect.stringMatching(
          /^Training this model of 604,\d{3},\d{3} parameters needs about 13\.\d GB of memory, and WASM takes up to 4\.3 GB\.$/,
        ) as string,
        remedy:
          'Choose fewer layers, a smaller width, a smaller batch or a shorter context, or WebGPU as the backend.',
      },
    });
    await expectTinyRunOnWasm(tested);
  });

  it('is told once where memory is refused all the same while it trains, and the next run works', async () => {
    const tested = new TestedSession();
    tested.onFacts = () => {
      const { wasm } = wasmBackend(tf.backend()) as unknown as { wasm: { _malloc: () => never } };
      wasm._malloc = () => {
        throw new WebAssembly.RuntimeError('memory access out of bounds');
      };
    };
    await tested.start(longRun);
    const failed = await tested.ended();
    expect(failed).toMatchObject({
      phase: 'failed',
      failure: {
        code: outOfMemoryCode,
        message: expect.stringMatching(
          /parameters needs about .* and WASM ran out of it\.$/,
        ) as string,
      },
    });
    expect(tested.notices).toEqual([]);
    expect(tested.phases.filter((phase) => phase === 'failed')).toHaveLength(1);
    tested.onFacts = () => undefined;
    await expectTinyRunOnWasm(tested);
  });

  it('is told where memory is refused while its weights are made', async () => {
    const tested = new TestedSession();
    const initialized = vi.spyOn(model, 'initialValues').mockImplementationOnce(() => {
      throw new RangeError('Array buffer allocation failed');
    });
    await expect(tested.start(longRun)).rejects.toMatchObject({ code: outOfMemoryCode });
    expect(tested.session.state).toMatchObject({ failure: { code: outOfMemoryCode } });
    initialized.mockRestore();
    await expectTinyRunOnWasm(tested);
  });

  it('can be stopped between two of its tensors', async () => {
    const tested = new TestedSession();
    const begun = new Promise<void>((resolve) => {
      vi.spyOn(model, 'initialValues').mockImplementationOnce((_config, _kind, shape) => {
        resolve();
        return new Float32Array(shape.reduce((product, size) => product * size, 1));
      });
    });
    const before = tf.memory().numTensors;
    const started = tested.start(longRun).catch((error: unknown) => error);
    await begun;
    expect(await tested.session.stop()).toEqual({ phase: 'idle' });
    expect(await started).toMatchObject({ code: 'cancelled' });
    expect(vi.mocked(model.initialValues).mock.calls.length).toBeLessThanOrEqual(2);
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before);
    await expectTinyRunOnWasm(tested);
  });
});

describe('a refused allocation', () => {
  it.each([
    new WebAssembly.RuntimeError('memory access out of bounds'),
    new RangeError('Array buffer allocation failed'),
    new RangeError('Invalid typed array length: 4294967296'),
    new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory: out of memory'),
    new Error('Aborted(Cannot enlarge memory arrays)'),
    new PlaygroundError({ code: outOfMemoryCode, message: 'No.', remedy: '' }),
  ])('is known in every wording: %s', (error) => {
    expect(explained(error, { backend: 'wasm', memory: needs })).toMatchObject({
      code: outOfMemoryCode,
      message:
        'Training this model of 1,000,000 parameters needs about 5.0 GB of memory, and WASM ran out of it.',
      cause: error,
    });
  });

  it('is not what another error is taken for', () => {
    const other = new TypeError('x is not a function');
    expect(explained(other, { backend: 'wasm', memory: needs })).toBe(other);
  });
});
