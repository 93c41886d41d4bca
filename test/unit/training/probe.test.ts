/**
 * @file Looking into a model and changing it on the way: what lenses, ablation and patching rest
 * on.
 */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { dispose, keep, read, tensor, tidy } from '../../../webview/ops/values';
import type { CaptureRequest, Intervention } from '../../../webview/trace/probe';
import { dryPass } from '../../../webview/training/dryPass';
import { passOver } from '../../../webview/training/pass';
import { runProbe } from '../../../webview/training/probe';
import { hostBackends, useBackend } from '../support/backends';
import {
  batchOf,
  learn,
  randomTrainer,
  rungs,
  smallShape,
  trainerOf,
  weightsOf,
} from '../support/models';
import { dot, expectClose } from '../support/numbers';
import { input, look, only, subjectOf, valuesOf } from './looking';

const pattern = 'decoder.0.selfAttention.pattern';
const weighted = 'decoder.1.selfAttention.weightedValues';
const middle = 'decoder.1.residualMiddle';

describe.each(hostBackends)('a probe on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('sees every point that the dry pass announces, in its shape', async () => {
    for (const [, change] of rungs) {
      const trainer = randomTrainer(change);
      const { points } = dryPass(trainer.model, trainer.config, 2);
      const capture = points.map(({ path }): CaptureRequest => ({ at: path, what: 'stats' }));
      const { captures } = await runProbe(subjectOf(trainer), {
        input,
        capture,
        interventions: [],
      });
      expect(captures.map(({ at, shape }) => [at, shape])).toEqual(
        points.map(({ path, shape }) => [path, shape]),
      );
      trainer.dispose();
    }
  });

  it('silences a head as if its rows of W_O were zero', async () => {
    const trainer = randomTrainer();
    const silenced = await look(
      subjectOf(trainer),
      ['logits'],
      [{ at: weighted, do: 'zero', where: [{ axis: 'head', index: [1] }] }],
    );
    const weights = await weightsOf(trainer.parameters);
    const name = 'decoder.1.selfAttention.output.weight';
    // Head 1 of 2 holds the rows 4 to 7 of the eight.
    weights.set(
      name,
      Float32Array.from(weights.get(name) ?? [], (w, i) => (i < 4 * 8 ? w : 0)),
    );
    const cut = trainerOf({}, {}, { restored: { weights, step: 0 } });
    const want = await look(subjectOf(cut), ['logits']);
    expectClose(only(silenced.values), only(want.values), 1e-6);
    expect(silenced.loss).toBeCloseTo(want.loss, 5);
    const whole = await look(subjectOf(trainer), ['logits']);
    expect(Math.abs(whole.loss - silenced.loss)).toBeGreaterThan(1e-3);
    trainer.dispose();
    cut.dispose();
  });

  it('patched with itself changes no bit anywhere; scaled by 1 and with zero added neither', async () => {
    const trainer = randomTrainer();
    const unwatched = await look(subjectOf(trainer), ['logits']);
    for (const { path: at } of dryPass(trainer.model, trainer.config, 2).points) {
      const subject = subjectOf(trainer);
      await runProbe(subject, {
        input,
        capture: [{ at, what: 'value', keepAs: 'itself' }],
        interventions: [],
      });
      const { values, shape } = subject.kept.get('itself') ?? { values: [], shape: [] };
      subject.kept.set('nothing', { shape, values: new Float32Array(values.length) });
      const plain = await look(subject, ['logits', at]);
      // Looking at what a fused op skips rounds differently.
      expectClose(only(plain.values), only(unwatched.values), 1e-6);
      const same: Intervention[] = [
        { at, do: 'replace', from: 'itself' },
        { at, do: 'scale', by: 1 },
        { at, do: 'add', from: 'nothing' },
      ];
      for (const intervention of same) {
        expect(await look(subject, ['logits', at], [intervention]), at).toEqual(plain);
      }
    }
    trainer.dispose();
  });

  it('that looks into a norm moves the logits by a millionth of their size, not more', async () => {
    const trainer = trainerOf({ dModel: 64 }, { learningRate: 0.03 });
    for (let step = 0; step < 40; step++) await learn(trainer, batchOf(smallShape));
    const subject = subjectOf(trainer);
    const plain = only((await look(subject, ['logits'])).values);
    const inside = only((await look(subject, ['logits', 'finalNorm.mean'])).values);
    const largest = Math.max(...plain.map(Math.abs));
    expect(largest).toBeGreaterThan(4);
    expectClose(inside, plain, 3e-6 * largest);
    trainer.dispose();
  });

  it('changes the inside of a norm without looking at it', async () => {
    const trainer = randomTrainer();
    const { parameters } = trainer;
    const at = 'finalNorm.normalized';
    const logits = only((await look(subjectOf(trainer), ['logits'], [{ at, do: 'zero' }])).values);
    // Only the norm's bias is left, and meets the vector of each token.
    const weights = await weightsOf(parameters);
    const bias = [...(weights.get('finalNorm.bias') ?? [])];
    const table = weights.get('tokenTable') ?? new Float32Array();
    const want = Array.from(logits, (_, place) =>
      dot(bias, table.subarray(8 * (place % 7), 8 * (place % 7) + 8)),
    );
    expectClose(logits, want, 1e-5);
    trainer.dispose();
  });

  it('patched from another text takes over what that text decides', async () => {
    const trainer = randomTrainer();
    const subject = subjectOf(trainer);
    const other = batchOf(smallShape, 6, 2);
    const at = 'decoder.1.residualAfter';
    const { captures } = await runProbe(subject, {
      input: other,
      capture: [
        { at, what: 'value', keepAs: 'other' },
        { at: 'logits', what: 'value' },
      ],
      interventions: [],
    });
    const patched = await look(subject, ['logits'], [{ at, do: 'replace', from: 'other' }]);
    expect(only(patched.values)).toEqual(captures[1]?.values);
    trainer.dispose();
  });

  it('puts the mean over the tokens so far in the place of each number, row by row', async () => {
    const trainer = randomTrainer();
    const subject = subjectOf(trainer);
    // Middle and head: [batch 2 × position 6 × model 8] and [batch 2 × head 2 × query 6 × 4].
    for (const [at, width] of [
      [middle, 8],
      ['decoder.1.selfAttention.weightedValues', 4],
    ] as const) {
      const plain = only((await look(subject, [at])).values);
      const ablated = only((await look(subject, [at], [{ at, do: 'mean' }])).values);
      const means = Array.from(plain, (_, place) => {
        const position = Math.floor(place / width) % 6;
        let sum = 0;
        for (let back = 0; back <= position; back++) sum += plain[place - back * width] ?? NaN;
        return sum / (position + 1);
      });
      expectClose(ablated, means, 1e-5);
    }
    trainer.dispose();
  });

  it('without a mask puts the mean over batch and positions in the place of each number', async () => {
    const trainer = randomTrainer({ mask: 'none' });
    const subject = subjectOf(trainer);
    const plain = only((await look(subject, [middle])).values);
    const ablated = only((await look(subject, [middle], [{ at: middle, do: 'mean' }])).values);
    const rows = plain.length / 8;
    const means = Array.from({ length: 8 }, (_, column) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += plain[row * 8 + column] ?? NaN;
      return sum / rows;
    });
    expectClose(
      ablated,
      Array.from(plain, (_, place) => means[place % 8] ?? NaN),
      1e-5,
    );
    trainer.dispose();
  });

  it('means a pattern over the batch alone, so that no query gets a share of its future', async () => {
    const trainer = randomTrainer();
    const subject = subjectOf(trainer);
    const plain = only((await look(subject, [pattern])).values);
    const ablated = only((await look(subject, [pattern], [{ at: pattern, do: 'mean' }])).values);
    // Two rows of the batch, with two heads, six queries and six keys each.
    const row = plain.length / 2;
    const means = plain.map(
      (_, place) => ((plain[place % row] ?? NaN) + (plain[row + (place % row)] ?? NaN)) / 2,
    );
    expectClose(ablated, means, 1e-6);
    const future = ablated.filter((_, place) => place % 6 > Math.floor(place / 6) % 6);
    expect(Math.max(...future)).toBe(0);
    trainer.dispose();
  });

  it('does at one place what it is told one after the other', async () => {
    const trainer = randomTrainer();
    const subject = subjectOf(trainer);
    const { captures } = await runProbe(subject, {
      input,
      capture: [{ at: middle, what: 'value', keepAs: 'plain' }],
      interventions: [],
    });
    const plain = only(captures.map(valuesOf));
    const after = async (...interventions: Intervention[]): Promise<Float32Array> =>
      only((await look(subject, [middle], interventions)).values);
    const double: Intervention = { at: middle, do: 'scale', by: 2 };
    const plus: Intervention = { at: middle, do: 'add', from: 'plain' };
    expectClose(
      await after(double, plus),
      plain.map((value) => 3 * value),
      1e-6,
    );
    expectClose(
      await after(plus, double),
      plain.map((value) => 4 * value),
      1e-6,
    );
    trainer.dispose();
  });

  it('changes only where it is told to', async () => {
    const trainer = randomTrainer();
    const subject = subjectOf(trainer);
    const plain = only((await look(subject, [pattern])).values);
    const where = [
      { axis: 'batch', index: [1] },
      { axis: 'head', index: [0] },
      { axis: 'query', index: [4, 2] },
    ];
    const changed = only(
      (await look(subject, [pattern], [{ at: pattern, do: 'scale', by: 3, where }])).values,
    );
    // [batch 2 × head 2 × query 6 × key 6]
    changed.forEach((value, place) => {
      const [batch, head, query] = [72, 36, 6].map(
        (size, axis) => Math.floor(place / size) % (axis === 2 ? 6 : 2),
      );
      const meant = batch === 1 && head === 0 && (query === 2 || query === 4);
      expect(value).toBe(Math.fround((plain[place] ?? NaN) * (meant ? 3 : 1)));
    });
    trainer.dispose();
  });

  it('gives statistics, slices and values of the same numbers', async () => {
    const trainer = randomTrainer();
    const where = [{ axis: 'key', index: [0] }];
    const { captures } = await runProbe(subjectOf(trainer), {
      input,
      capture: [
        { at: pattern, what: 'value' },
        { at: pattern, what: 'slice', where },
        { at: pattern, what: 'stats' },
      ],
      interventions: [],
    });
    const [whole, slice, stats] = captures;
    const values = whole?.values ?? new Float32Array();
    expect(whole?.axes).toEqual(['batch', 'head', 'query', 'key']);
    expect(slice?.shape).toEqual([2, 2, 6, 1]);
    expect(slice?.values).toEqual(values.filter((_, place) => place % 6 === 0));
    expect(stats?.statistics?.max).toBe(Math.max(...values));
    // Six shares a row sum to one.
    expect(stats?.statistics?.mean).toBeCloseTo(1 / 6, 6);
    trainer.dispose();
  });

  it('looks at a part of a value in every way it can be looked at', async () => {
    const trainer = randomTrainer();
    const where = [{ axis: 'head', index: [1] }];
    const at = 'decoder.0.selfAttention.scores';
    const { captures } = await runProbe(subjectOf(trainer), {
      input,
      capture: (['value', 'gradient'] as const).flatMap((what) => [
        { at, what },
        { at, what, where },
        { at, what: 'stats', where },
      ]),
      interventions: [],
    });
    const [value, partOfValue, stats, gradient, partOfGradient] = captures;
    // [batch 2 × head 2 × query 6 × key 6]: of each row the second head.
    const second = (_: number, place: number): boolean => Math.floor(place / 36) % 2 === 1;
    const wanted = value?.values?.filter(second) ?? new Float32Array();
    expect(partOfValue).toMatchObject({ shape: [2, 1, 6, 6], values: wanted });
    expect(partOfGradient?.values).toEqual(gradient?.values?.filter(second));
    expect(stats?.shape).toEqual([2, 1, 6, 6]);
    const mean = wanted.reduce((sum, number) => sum + number, 0) / wanted.length;
    expect(stats?.statistics?.mean).toBeCloseTo(mean, 6);
    expect(stats?.statistics?.max).toBe(Math.max(...wanted));
    trainer.dispose();
  });

  it.each(['stats', 'value', 'gradient', 'slice'] as const)(
    'refuses an axis that a value does not have, for %s too',
    async (what) => {
      const trainer = randomTrainer();
      const capture = [{ at: pattern, what, where: [{ axis: 'colour', index: [0] }] }];
      const probe = { input, capture, interventions: [] };
      await expect(runProbe(subjectOf(trainer), probe)).rejects.toMatchObject({
        code: 'unknown-axis',
      });
      trainer.dispose();
    },
  );

  it('reads from the residual stream after the last block what the model says', async () => {
    const trainer = randomTrainer();
    const { model, config, parameters } = trainer;
    const at = 'decoder.1.residualAfter';
    const seen = await look(subjectOf(trainer), [at, 'logits']);
    const [residual = new Float32Array(), logits = new Float32Array()] = seen.values;
    const again = tidy(() =>
      keep(model.unembed(passOver(config, parameters), config, tensor(residual, [2, 6, 8]))),
    );
    expect(await read(again)).toEqual(logits);
    dispose(again);
    trainer.dispose();
  });

  it.each([0, 0.3])('never changes the run it looks at, with dropout %d', async (dropout) => {
    const watched = trainerOf({ dropout });
    const unwatched = trainerOf({ dropout });
    const subject = subjectOf(watched);
    const { points } = dryPass(watched.model, watched.config);
    const capture = points.map(({ path }): CaptureRequest => ({ at: path, what: 'gradient' }));
    const interventions: Intervention[] = [{ at: middle, do: 'zero' }];
    const gradientOf = { position: 5, token: 0 };
    const small = capture.filter(({ at }) => at !== 'surprise' && at !== 'loss');
    let tensors = 0;
    for (let step = 0; step < 10; step++) {
      const batch = batchOf(smallShape, step);
      if (step % 2 === 0) await runProbe(subject, { input, capture, interventions: [] });
      else await runProbe(subject, { input, capture: small.slice(-4), interventions, gradientOf });
      expect(await learn(watched, batch)).toBe(await learn(unwatched, batch));
      if (step === 1) tensors = tf.memory().numTensors;
    }
    expect(await weightsOf(watched.parameters)).toEqual(await weightsOf(unwatched.parameters));
    expect(tf.memory().numTensors).toBe(tensors);
    watched.dispose();
    unwatched.dispose();
  });

  it('says what it was asked wrongly, and leaves no tensor behind', async () => {
    const trainer = randomTrainer();
    const subject = subjectOf(trainer);
    subject.kept.set('short', { shape: [1, 2], values: new Float32Array(2) });
    await look(subject, ['logits']);
    const before = tf.memory().numTensors;
    const wrong: [Intervention, string][] = [
      [{ at: pattern, do: 'zero', where: [{ axis: 'key', index: [6] }] }, 'key 6 does not exist'],
      [{ at: pattern, do: 'zero', where: [{ axis: 'dHead', index: [0] }] }, 'no axis “dHead”'],
      [{ at: pattern, do: 'replace', from: 'short' }, '“short” has shape [1, 2]'],
      [{ at: pattern, do: 'add', from: 'unheard' }, '“unheard” is not known'],
      [{ at: 'decoder.7.residualAfter', do: 'zero' }, 'did not come by “decoder.7.residualAfter”'],
    ];
    for (const [intervention, message] of wrong) {
      await expect(look(subject, ['tokenEmbedding'], [intervention])).rejects.toThrow(message);
    }
    await expect(look(subject, ['nowhere'])).rejects.toThrow('did not come by “nowhere”');
    const outside = { position: 6, token: 0 };
    const capture: CaptureRequest[] = [{ at: 'logits', what: 'gradient' }];
    await expect(
      runProbe(subject, { input, capture, interventions: [], gradientOf: outside }),
    ).rejects.toThrow('no position 6');
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
  });
});
