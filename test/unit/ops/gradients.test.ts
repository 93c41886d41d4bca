/** @file Back-propagation through ops: every parameter has a gradient, used or not. */
import { beforeAll, describe, expect, it } from 'vitest';

import { square } from '../../../webview/ops/arithmetic';
import { lossAndGradients } from '../../../webview/ops/gradients';
import { average } from '../../../webview/ops/reduce';
import { dispose, read, variable } from '../../../webview/ops/values';
import { hostBackends, useBackend } from '../support/backends';

describe.each(hostBackends)('the gradients on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('of a parameter that the loss does not depend on are zeros, not missing', async () => {
    const used = variable(Float32Array.of(1, -3), [2]);
    const unused = variable(Float32Array.of(5, 7, 9), [3]);
    const parameters = new Map([
      ['used', used],
      ['unused', unused],
    ]);
    const { loss, gradients } = lossAndGradients(parameters, () => average(square(used)));
    const numbersOf = async (name: string): Promise<number[]> => {
      const gradient = gradients.get(name);
      return gradient ? [...(await read(gradient))] : [];
    };
    expect([...(await read(loss))]).toEqual([5]);
    expect(await numbersOf('used')).toEqual([1, -3]);
    expect(await numbersOf('unused')).toEqual([0, 0, 0]);
    dispose(loss, ...gradients.values(), ...parameters.values());
  });
});
