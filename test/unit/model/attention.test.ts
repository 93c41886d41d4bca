/**
 * @file Attention by hand: two tokens and two heads, every number of which can be checked on paper.
 */
import { beforeAll, describe, expect, it } from 'vitest';

import type { ModelShape } from '../../../webview/config/model';
import { selfAttention } from '../../../webview/model/attention';
import { read, tensor } from '../../../webview/ops/values';
import { hostBackends, useBackend } from '../support/backends';
import { smallShape } from '../support/models';
import { expectClose } from '../support/numbers';
import { Recorder, scopeWith } from '../support/scope';

/** Width 8: heads of 4, so that scores are divided by √4 = 2. */
const config: ModelShape = { ...smallShape, layers: 1, dModel: 8, heads: 2, bias: true };

/** A matrix [8 × 8] that is zero but for these entries: row, column, value. */
function matrix(...entries: readonly (readonly [number, number, number])[]): number[] {
  const values = new Array<number>(64).fill(0);
  for (const [row, column, value] of entries) values[row * 8 + column] = value;
  return values;
}

const ln3 = Math.log(3);

// The first token is (1, 0, 0, …), the second (0, 1, 0, …): x W is the first row of W, then the
// second. Only the first number of each head is used: column 0 of head 0, column 4 of head 1.
const x = [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const weights = {
  // Q: head 0 looks for 2 with both tokens; head 1 for 0 with the first and for 2 with the second.
  'query.weight': matrix([0, 0, 2], [1, 0, 2], [1, 4, 2]),
  // K: head 0 finds ln 3 in the first token and 0 in the second; head 1 finds 0 and ln 3.
  'key.weight': matrix([0, 0, ln3], [1, 4, ln3]),
  // V: head 0 offers 4 and 8; head 1 offers 40 and 80.
  'value.weight': matrix([0, 0, 4], [1, 0, 8], [0, 4, 40], [1, 4, 80]),
  // W_O writes head 0 to dimension 0, head 1 to dimensions 0 and 7; the bias adds 100 to dimension
  // 7.
  'output.weight': matrix([0, 0, 1], [4, 0, 1], [4, 7, 1]),
  'output.bias': [0, 0, 0, 0, 0, 0, 0, 100],
};

async function attend(change: Partial<ModelShape> = {}) {
  const recorder = new Recorder();
  const changed = { ...config, ...change };
  const output = selfAttention(
    scopeWith(changed, weights, recorder),
    changed,
    tensor(x, [1, 2, 8]),
  );
  const firstOfHead = (values: readonly number[]) => values.filter((_, place) => place % 4 === 0);
  return {
    recorder,
    weighted: firstOfHead(await recorder.read('weightedValues')),
    output: [...(await read(output))],
  };
}

describe.each(hostBackends)('attention of two tokens and two heads on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('scores each key by its product with the query, divided by √dHead', async () => {
    const { recorder } = await attend();
    expectClose(await recorder.read('scores'), [
      // Head 0: 2 · ln 3 / 2 for the first key, 0 for the second; the mask comes later.
      ...[ln3, 0, ln3, 0],
      // Head 1: the first token looks for nothing; the second finds itself.
      ...[0, 0, 0, ln3],
    ]);
  });

  it('hides the second token from the first and shares 1 among what is left', async () => {
    const { recorder } = await attend();
    expectClose(await recorder.read('pattern'), [
      // e^{ln 3} = 3 against e⁰ = 1: three quarters and one.
      ...[1, 0, 3 / 4, 1 / 4],
      ...[1, 0, 1 / 4, 3 / 4],
    ]);
  });

  it('takes over the values by these shares, head by head', async () => {
    const { weighted } = await attend();
    // Head 0: 4; ¾ · 4 + ¼ · 8 = 5. Head 1: 40; ¼ · 40 + ¾ · 80 = 70.
    expectClose(weighted, [4, 5, 40, 70]);
  });

  it('writes what the heads found side by side through W_O, and adds the bias', async () => {
    const { output } = await attend();
    expectClose(output, [
      ...[4 + 40, 0, 0, 0, 0, 0, 0, 40 + 100],
      ...[5 + 70, 0, 0, 0, 0, 0, 0, 70 + 100],
    ]);
  });

  it('without a mask shows the first token the second', async () => {
    const { recorder, weighted } = await attend({ mask: 'none' });
    expectClose(await recorder.read('pattern'), [
      ...[3 / 4, 1 / 4, 3 / 4, 1 / 4],
      ...[1 / 2, 1 / 2, 1 / 4, 3 / 4],
    ]);
    expectClose(weighted, [5, 5, 60, 70]);
  });

  it('averages where it may not choose, and looks for nothing', async () => {
    const { recorder, weighted } = await attend({ attention: 'uniform' });
    expectClose(await recorder.read('pattern'), [1, 0, 1 / 2, 1 / 2, 1, 0, 1 / 2, 1 / 2]);
    expectClose(weighted, [4, 6, 40, 60]);
    expect([...recorder.values.keys()]).not.toContain('queries');
  });
});
