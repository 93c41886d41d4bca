/**
 * @file That a model trained with dropout drops where GPT-2 does: behind the embeddings, in the
 * pattern, behind each sub-layer.
 */
import { beforeAll, describe, expect, it } from 'vitest';

import { keep, read, tidy, dispose } from '../../../webview/ops/values';
import type { Tensor } from '../../../webview/ops/tensor';
import { scale } from '../../../webview/ops/arithmetic';
import { hostBackends, useBackend } from '../support/backends';
import { batchOf, randomTrainer, smallShape } from '../support/models';

const rate = 0.25;
const batchSize = 64;
const batch = batchOf(smallShape, 3, batchSize);
const attention = 'decoder.0.selfAttention';

/** The values at these points in a training step with this dropout. */
async function trained(at: readonly string[], dropout: number): Promise<number[][]> {
  const trainer = randomTrainer({ dropout });
  const seen = new Map<string, Tensor>();
  tidy(() =>
    trainer.gradients(batch, {
      watches: (path) => at.includes(path),
      visit: (path, _axes, value) => {
        if (at.includes(path)) seen.set(path, keep(scale(value, 1)));
        return value;
      },
    }),
  );
  const values: number[][] = [];
  for (const path of at) {
    const tensor = seen.get(path);
    if (!tensor) throw new Error(`The step did not come by ${path}.`);
    values.push([...(await read(tensor))]);
    dispose(tensor);
  }
  trainer.dispose();
  return values;
}

/** That the rate lies within four deviations of the share of zeros. */
function expectDropped(values: readonly number[]): void {
  const share = values.filter((value) => value === 0).length / values.length;
  const deviation = Math.sqrt((rate * (1 - rate)) / values.length);
  expect(Math.abs(share - rate)).toBeLessThan(4 * deviation);
}

describe.each(hostBackends)('dropout in a training step on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('takes the rate’s share of the embeddings away and lets the others grow', async () => {
    const at = ['decoder.0.residualBefore'];
    const [dropped = []] = await trained(at, rate);
    const [whole = []] = await trained(at, 0);
    expectDropped(dropped);
    dropped.forEach((value, place) => {
      if (value !== 0) expect(value / (whole[place] ?? NaN)).toBeCloseTo(1 / (1 - rate), 4);
    });
  });

  it('lets a token overlook what it attends to', async () => {
    const at = [`${attention}.weightedValues`, `${attention}.values`];
    const [weighted = [], values = []] = await trained(at, rate);
    // [batch × head × position × dHead]; the first token attends to itself alone, with all it has.
    const width = 4;
    const rows = Array.from({ length: batchSize * 2 }, (_, row) => row * 6 * width);
    const first = rows.map((row) => weighted.slice(row, row + width));
    expectDropped(first.map(([value = NaN]) => value));
    first.forEach((row, index) => {
      const overlooked = row[0] === 0;
      row.forEach((value, place) => {
        const own = values[(rows[index] ?? NaN) + place] ?? NaN;
        expect(value).toBeCloseTo(overlooked ? 0 : own / (1 - rate), 4);
      });
    });
  });

  it('takes other places away at each site, though the values have one shape', async () => {
    const sites = [`${attention}.output`, 'decoder.0.mlp.output', 'decoder.1.mlp.output'];
    const dropped = (await trained(sites, rate)).map((values) =>
      values.map((value) => value === 0).join(),
    );
    expect(new Set(dropped).size).toBe(sites.length);
  });

  it.each([`${attention}.output`, 'decoder.0.mlp.output'])(
    'takes the rate’s share of %s away',
    async (at) => {
      const [dropped = []] = await trained([at], rate);
      const [whole = []] = await trained([at], 0);
      expectDropped(dropped);
      expect(whole).not.toContain(0);
    },
  );
});
