/**
 * @file Whether a text that a model cannot read is refused with a reason, rather than by a tensor
 * somewhere.
 */
import { describe, expect, it } from 'vitest';

import type { Probe } from '../../../webview/trace/probe';
import { runProbe } from '../../../webview/training/probe';
import { useBackend } from '../support/backends';
import { randomTrainer } from '../support/models';

describe('a text that the model cannot read', () => {
  const text = (batchSize: number, context: number, id = 0): Probe['input'] => {
    const inputs = new Int32Array(batchSize * context).fill(id);
    return { inputs, targets: new Int32Array(inputs.length), batchSize, context };
  };

  it.each<[string, Probe['input'], string, string]>([
    ['longer than its context', text(1, 8), 'text-does-not-fit', 'A text of 8 tokens does not fit'],
    ['of no tokens', text(1, 0), 'text-does-not-fit', 'A text of 0 tokens does not fit'],
    ['without a row', text(0, 6), 'text-does-not-fit', '0 rows of 6 tokens need 0'],
    [
      'shorter than it says',
      { ...text(1, 6), targets: new Int32Array(5) },
      'text-does-not-fit',
      '1 rows of 6 tokens need 6 inputs and targets each; there are 6 and 5.',
    ],
    ['with an id it does not know', text(1, 6, 99), 'unknown-token', 'There is no token 99'],
    ['with a negative id', text(1, 6, -1), 'unknown-token', 'There is no token -1'],
    [
      'followed by an id it does not know',
      { ...text(1, 6), targets: Int32Array.of(-1, 0, 0, 0, 0, 7) },
      'unknown-token',
      'There is no token 7; the model knows 7.',
    ],
  ])('%s is refused with its numbers and what to do', async (_, wrong, code, message) => {
    await useBackend('cpu');
    const trainer = randomTrainer();
    const { model, config, parameters } = trainer;
    const probing = runProbe(
      { model, config, parameters, kept: new Map() },
      { input: wrong, capture: [], interventions: [] },
    );
    await expect(probing).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
      remedy: expect.stringMatching(/^(Choose|Give) /) as string,
    });
    trainer.dispose();
  });
});
