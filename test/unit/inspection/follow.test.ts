/** @file One token followed through one head: every number checked by other arithmetic. */
import { beforeAll, describe, expect, it } from 'vitest';
import { follow } from '../../../webview/inspection/follow';
import { shownText } from '../../../webview/inspection/shownText';
import { useBackend } from '../support/backends';
import { randomTrainer, smallShape, weightsOf } from '../support/models';
import { dot, expectClose } from '../support/numbers';
import { subjectOf } from '../training/looking';
import { passByHand } from './byHand';

beforeAll(() => useBackend('cpu'));

const ids = Int32Array.of(3, 1, 4, 1, 5, 2);
const text = shownText(ids, { labelOf: String }, smallShape.context);
const path = 'decoder.1.selfAttention.pattern';

describe('a followed token', () => {
  it('has the query, keys, scores, weights and values that a plain loop computes', async () => {
    const trainer = randomTrainer();
    const seen = await follow(subjectOf(trainer), text, { path, head: 1, query: 3 });
    const weights = await weightsOf(trainer.parameters);
    const layer = passByHand(weights, trainer.config, [...ids]).layers[1];
    const head = layer?.heads[1];
    expect(seen.dHead).toBe(4);
    expect(seen.config).toEqual({ mask: 'causal', bias: true, residual: true });
    const { asked } = seen;
    expectClose(asked?.query ?? [], head?.queries[3] ?? []);
    expectClose(asked?.keys ?? [], head?.keys.flat() ?? []);
    const products = head?.keys.map((key) => dot(key, head.queries[3] ?? [])) ?? [];
    expectClose(asked?.products ?? [], products);
    expectClose(
      asked?.scores ?? [],
      products.map((product) => product / 2),
    );
    // The fourth token does not see the two after it.
    expect(asked?.masked).toEqual(
      Float32Array.of(...(asked?.scores.subarray(0, 4) ?? []), -Infinity, -Infinity),
    );
    expectClose(seen.pattern, head?.pattern[3] ?? []);
    expectClose(seen.values, head?.values.flat() ?? []);
    expectClose(seen.written, head?.written[3] ?? []);
    expectClose(seen.output, layer?.attention[3] ?? []);
    trainer.dispose();
  });

  it('takes from each value by its weight: Σ pattern · value', async () => {
    const trainer = randomTrainer();
    const seen = await follow(subjectOf(trainer), text, { path, head: 0, query: 5 });
    const sums = Array.from({ length: seen.dHead }, (_, unit) =>
      [...seen.pattern].reduce(
        (sum, weight, key) => sum + weight * (seen.values[key * seen.dHead + unit] ?? NaN),
        0,
      ),
    );
    expectClose(seen.weighted, sums);
    trainer.dispose();
  });

  it('finds that what its heads write, and the bias, is all that attention adds', async () => {
    const trainer = randomTrainer();
    const [first, second] = [
      await follow(subjectOf(trainer), text, { path, head: 0, query: 2 }),
      await follow(subjectOf(trainer), text, { path, head: 1, query: 2 }),
    ];
    const weights = await weightsOf(trainer.parameters);
    const bias = weights.get('decoder.1.selfAttention.output.bias') ?? [];
    const sums = [...first.written].map(
      (value, unit) => value + (second.written[unit] ?? NaN) + (bias[unit] ?? NaN),
    );
    expectClose(first.output, sums);
    expect(second.output).toEqual(first.output);
    trainer.dispose();
  });

  it('asks nothing where attention is uniform, and averages what it may see', async () => {
    const trainer = randomTrainer({ attention: 'uniform' });
    const seen = await follow(subjectOf(trainer), text, { path, head: 0, query: 1 });
    expect('asked' in seen).toBe(false);
    expectClose(seen.pattern, [0.5, 0.5, 0, 0, 0, 0]);
    trainer.dispose();
  });

  it('sees what comes after it where the model has no mask', async () => {
    const trainer = randomTrainer({ mask: 'none' });
    const seen = await follow(subjectOf(trainer), text, { path, head: 0, query: 0 });
    expect(seen.asked?.masked).toEqual(seen.asked?.scores);
    trainer.dispose();
  });

  it('that is not there is refused with how many there are', async () => {
    const trainer = randomTrainer();
    const ask = (query: number) => follow(subjectOf(trainer), text, { path, head: 0, query });
    await expect(ask(6)).rejects.toThrow('query 6 does not exist; there are 6');
    trainer.dispose();
  });
});
