/** @file A checkpoint gives back bit for bit what it was given, or says what is wrong with it. */
import { describe, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../../webview/formats/checkpoint';
import type { Checkpoint } from '../../../webview/formats/checkpoint';
import { parseSafetensors, writeSafetensors } from '../../../webview/formats/safetensors';

const checkpoint: Checkpoint = {
  step: 500,
  configuration: { version: 1, name: 'tiny', model: { layers: 2 } },
  tokenizer: { kind: 'characters', characters: 'ab "\\\n🦊' },
  random: { seed: 42 },
  backend: { backend: 'wasm' },
  progress: { time: 12345.6, tokens: 128000 },
  validationLoss: 1.25,
  weights: new Map([
    ['transformer.wte.weight', { shape: [2, 2], data: new Float32Array([1.1, -0, 1e-45, 3.4e38]) }],
    ['transformer.ln_f.bias', { shape: [1], data: new Float32Array([NaN]) }],
  ]),
  moments: new Map([
    [
      'transformer.wte.weight',
      { m: new Float32Array([1, 2, 3, 4]), v: new Float32Array([5, 6, 7, 8]) },
    ],
  ]),
};

/** The file with one change to its metadata. */
function withMetadata(change: (metadata: Map<string, string>) => void): Uint8Array {
  const { tensors, metadata } = parseSafetensors(writeCheckpoint(checkpoint));
  const changed = new Map(metadata);
  change(changed);
  const all = [...tensors.values()].map((tensor) => ({ ...tensor, data: tensor.bytes }));
  return writeSafetensors(all, changed);
}

/** The file without one of its tensors. */
function withoutTensor(name: string): Uint8Array {
  const { tensors, metadata } = parseSafetensors(writeCheckpoint(checkpoint));
  const others = [...tensors.values()].filter((tensor) => tensor.name !== name);
  return writeSafetensors(
    others.map((tensor) => ({ ...tensor, data: tensor.bytes })),
    metadata,
  );
}

describe('a checkpoint', () => {
  it('comes back bit for bit', () => {
    const back = readCheckpoint(writeCheckpoint(checkpoint));
    expect(back).toEqual(checkpoint);
    const bits = (from: Checkpoint): number[] => [
      ...new Uint32Array(
        Float32Array.from(from.weights.get('transformer.wte.weight')?.data ?? []).buffer,
      ),
    ];
    expect(bits(back)).toEqual(bits(checkpoint));
  });

  it('is the model itself to other programs: Hugging Face names and the layout they ask for', () => {
    const { tensors, metadata } = parseSafetensors(writeCheckpoint(checkpoint));
    expect(metadata.get('format')).toBe('pt');
    expect([...tensors.keys()].sort()).toEqual([
      'optimizer.m.transformer.wte.weight',
      'optimizer.v.transformer.wte.weight',
      'transformer.ln_f.bias',
      'transformer.wte.weight',
    ]);
  });

  it('may lack moments and the validation loss, and keeps a loss that was never finite', () => {
    const { step, configuration, tokenizer, random, backend, progress, weights } = checkpoint;
    const run = { configuration, tokenizer, random, backend, progress };
    const rest: Checkpoint = { step, ...run, weights, moments: new Map() };
    expect(readCheckpoint(writeCheckpoint(rest))).toEqual(rest);
    const exploded = { ...checkpoint, validationLoss: Infinity };
    expect(readCheckpoint(writeCheckpoint(exploded)).validationLoss).toBe(Infinity);
  });

  it('of another version is refused with both versions and what to do', () => {
    const later = withMetadata((metadata) => metadata.set('transformer-playground.version', '2'));
    expect(() => readCheckpoint(later)).toThrow(
      expect.objectContaining({
        code: 'checkpoint-version',
        message: expect.stringMatching(/format version "2".*reads 1/) as string,
        remedy: expect.stringMatching(/Update/) as string,
      }) as Error,
    );
    expect(() => readCheckpoint(writeSafetensors([]))).toThrow(/is not a checkpoint/);
  });

  it.each<[string, (metadata: Map<string, string>) => void, RegExp]>([
    ['no step', (m) => m.delete('transformer-playground.step'), /step is "missing"/],
    ['an empty step', (m) => m.set('transformer-playground.step', ''), /step is ""/],
    ['half a step', (m) => m.set('transformer-playground.step', '1.5'), /step is "1\.5"/],
    ['no tokenizer', (m) => m.delete('transformer-playground.tokenizer'), /lacks its tokenizer/],
    [
      'a cut configuration',
      (m) => m.set('transformer-playground.configuration', '{"a":'),
      /configuration is not JSON/,
    ],
    [
      'a loss in words',
      (m) => m.set('transformer-playground.validation-loss', 'low'),
      /checkpoint's validation loss is "low"/,
    ],
  ])('with %s is refused by name', (_what, change, message) => {
    expect(() => readCheckpoint(withMetadata(change))).toThrow(message);
  });

  it('with half of its moments is refused: resuming would not be the same run', () => {
    expect(() => readCheckpoint(withoutTensor('optimizer.v.transformer.wte.weight'))).toThrow(
      /lacks "optimizer\.v\.transformer\.wte\.weight"/,
    );
    expect(() => readCheckpoint(withoutTensor('transformer.wte.weight'))).toThrow(
      /moments for "transformer\.wte\.weight", but no such weight/,
    );
  });

  it('with a moment turned on its side is refused', () => {
    const { tensors, metadata } = parseSafetensors(writeCheckpoint(checkpoint));
    const turned = [...tensors.values()].map(({ name, dtype, shape, bytes }) => {
      const isMoment = name.startsWith('optimizer.m.');
      return { name, dtype, shape: isMoment ? [4, 1] : shape, data: bytes };
    });
    expect(() => readCheckpoint(writeSafetensors(turned, metadata))).toThrow(
      '"optimizer.m.transformer.wte.weight" has shape [4, 1], its weight [2, 2].',
    );
  });

  it('is not written with moments of another shape or a weight named as a moment', () => {
    const short = { m: new Float32Array(3), v: new Float32Array(3) };
    expect(() =>
      writeCheckpoint({ ...checkpoint, moments: new Map([['transformer.wte.weight', short]]) }),
    ).toThrow(/"optimizer\.m\.transformer\.wte\.weight".*takes 16 bytes; 12/);
    const weights = new Map([['optimizer.m.x', { shape: [1], data: new Float32Array(1) }]]);
    expect(() => writeCheckpoint({ ...checkpoint, weights, moments: new Map() })).toThrow(
      /has the name of a moment/,
    );
  });
});
