/** @file What is said where a continued run cannot have the bits it would have had. */
import { expect, it } from 'vitest';

import type { BackendReport } from '../../../webview/config/backend';
import { continuedElsewhere } from '../../../webview/worker/continuedElsewhere';

const acme = {
  vendor: 'acme',
  architecture: 'rocket',
  description: 'Acme Rocket',
  software: false,
};

const report = (
  backend: BackendReport['backend'],
  rest: Partial<BackendReport> = {},
): BackendReport => ({
  backend,
  reason: 'Test.',
  rejected: [],
  versions: { tfjs: '4', kernels: '1' },
  ...rest,
});

const wasm = (simd: string) => report('wasm', { versions: { tfjs: '4', kernels: '1', simd } });

it.each([
  ['nothing of a new run', undefined, report('cpu')],
  ['nothing on the same backend', report('cpu'), report('cpu', { reason: 'Another.' })],
  [
    'nothing on the same card',
    report('webgpu', { adapter: acme }),
    report('webgpu', { adapter: { ...acme } }),
  ],
  ['nothing of a run from before SIMD was recorded', report('wasm'), wasm('yes')],
] as const)('says %s', (_, recorded, now) => {
  expect(continuedElsewhere(recorded, now)).toEqual([]);
});

it.each([
  ['plain CPU', 'WASM', report('cpu'), wasm('yes')],
  ['WASM', 'WASM without SIMD', wasm('yes'), wasm('no')],
  // Of an earlier release.
  ['WASM', 'WASM without SIMD', report('wasm'), wasm('no')],
  ['WASM without SIMD', 'WASM', wasm('no'), wasm('yes')],
  [
    'WebGPU (Acme Rocket)',
    'WebGPU (Acme Comet)',
    report('webgpu', { adapter: acme }),
    report('webgpu', { adapter: { ...acme, description: 'Acme Comet' } }),
  ],
] as const)('names %s and %s', (before, after, recorded, now) => {
  expect(continuedElsewhere(recorded, now)).toEqual([
    expect.objectContaining({
      code: 'continued-elsewhere',
      message: expect.stringContaining(`trained on ${before} and goes on on ${after}:`) as string,
    }),
  ]);
});

it('says that other kernels were used', () => {
  const now = report('cpu', { versions: { tfjs: '4', kernels: '2' } });
  expect(continuedElsewhere(report('cpu'), now)[0]?.message).toContain('of another version:');
});
