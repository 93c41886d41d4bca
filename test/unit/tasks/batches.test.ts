/**
 * @file What a step sees depends on the sample's number alone, and an evaluation is the same each
 * time.
 */
import { describe, expect, it } from 'vitest';
import { evaluationBatches, trainBatch } from '../../../webview/tasks/batches';

const ids = Int32Array.from({ length: 1000 }, (_, i) => i);
const options = { batchSize: 4, context: 8, seed: 7, firstSample: 0 };

describe('trainBatch', () => {
  it('pairs each input with the token that follows it', () => {
    const { inputs, targets } = trainBatch(ids, options);
    expect(inputs.length).toBe(32);
    expect([...targets]).toEqual([...inputs].map((id) => id + 1));
  });

  it('draws the same samples whether in one batch of 4 or in two of 2, and other ones for another seed', () => {
    const whole = trainBatch(ids, { ...options, firstSample: 400 });
    const first = trainBatch(ids, { ...options, batchSize: 2, firstSample: 400 });
    const second = trainBatch(ids, { ...options, batchSize: 2, firstSample: 402 });
    expect([...whole.inputs]).toEqual([...first.inputs, ...second.inputs]);
    expect(trainBatch(ids, { ...options, seed: 8 }).inputs).not.toEqual(
      trainBatch(ids, options).inputs,
    );
  });

  it('reaches the first window and the last one', () => {
    const places = new Set<number>();
    for (let firstSample = 0; firstSample < 400; firstSample += 4) {
      const { inputs } = trainBatch(ids.subarray(0, 12), { ...options, firstSample });
      for (let row = 0; row < 4; row++) places.add(inputs[row * 8] ?? -1);
    }
    expect([...places].sort()).toEqual([0, 1, 2, 3]);
  });

  it('keeps samples apart beyond 2³²', () => {
    const late = trainBatch(ids, { ...options, firstSample: 2 ** 32 });
    expect(late.inputs).not.toEqual(trainBatch(ids, options).inputs);
  });
});

describe('evaluationBatches', () => {
  it('spans the text evenly, from its first token to its last, the same each time', () => {
    const batches = evaluationBatches(ids, { batchSize: 4, context: 8, batches: 5 });
    expect(batches).toHaveLength(5);
    const places = batches.flatMap(({ inputs }) => [0, 8, 16, 24].map((at) => inputs[at] ?? -1));
    expect(places[0]).toBe(0);
    expect(batches.at(-1)?.targets.at(-1)).toBe(999);
    const gaps = places.slice(1).map((place, i) => place - (places[i] ?? 0));
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    expect(evaluationBatches(ids, { batchSize: 4, context: 8, batches: 5 })).toEqual(batches);
  });

  it('keeps batches full on a short text and has none without a window', () => {
    const short = { batchSize: 4, context: 8, batches: 5 };
    expect(
      evaluationBatches(ids.subarray(0, 9), short).map((batch) => batch.inputs.length),
    ).toEqual([32]);
    expect(evaluationBatches(ids.subarray(0, 100), short)).toHaveLength(3);
    expect(evaluationBatches(ids.subarray(0, 8), short)).toEqual([]);
  });

  it('is the first window where one row is asked for', () => {
    const [only, ...others] = evaluationBatches(ids, { batchSize: 1, context: 8, batches: 1 });
    expect(only?.inputs).toEqual(ids.slice(0, 8));
    expect(only?.targets).toEqual(ids.slice(1, 9));
    expect(others).toEqual([]);
  });
});
