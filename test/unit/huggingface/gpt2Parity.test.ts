/**
 * @file Our source with GPT-2's configuration against Python's transformers, on every backend of
 * Node.
 */
import { describe, expect, it } from 'vitest';

import { compare, exceeded } from '../../tools/parity/compare';
import { readParityFolder, type ParityFolder } from '../../tools/parity/folder';
import { testedBackends, useBackend } from '../support/backends';

/**
 * ms; a software device compiles every kernel of the model, on processors that other tests share.
 */
const slow = 240_000;

describe.each(testedBackends)('GPT-2 on %s', (backend) => {
  it(
    'computes what Python computes: logits, attention, gradients, losses, greedy text',
    async () => {
      await useBackend(backend);
      const folder = await readParityFolder('test/fixtures/gpt2');
      const differences = await compare(folder, backend);
      expect(exceeded(differences, backend), JSON.stringify(differences)).toEqual([]);
    },
    slow,
  );
});

describe('a parity folder', () => {
  const changed = async (change: (folder: ParityFolder) => Partial<ParityFolder>) => {
    await useBackend('cpu');
    const folder = await readParityFolder('test/fixtures/gpt2');
    return compare({ ...folder, ...change(folder) }, 'cpu');
  };
  const losses = (values: Float32Array) => ({
    name: 'train_losses',
    shape: [values.length],
    values,
  });

  it('without losses of Python’s training does not pass as equal', async () => {
    const without = ({ io }: ParityFolder) => ({
      io: new Map([...io].filter(([name]) => name !== 'train_losses')),
    });
    await expect(changed(without)).rejects.toThrow('no “train_losses”');
    const empty = ({ io }: ParityFolder) => ({
      io: new Map(io).set('train_losses', losses(new Float32Array())),
    });
    await expect(changed(empty)).rejects.toThrow('no “train_losses”');
  });

  it.each(['logits', 'attention.1', 'grad.transformer.wte.weight'])(
    'without %s is refused by that name, and with another size by both',
    async (name) => {
      const without = ({ io }: ParityFolder) => ({
        io: new Map([...io].filter(([each]) => each !== name)),
      });
      await expect(changed(without)).rejects.toThrow(
        `test/fixtures/gpt2/io.safetensors has no “${name}”`,
      );
      const shortened = ({ io }: ParityFolder) => {
        const { shape = [], values = new Float32Array() } = io.get(name) ?? {};
        return { io: new Map(io).set(name, { name, shape, values: values.subarray(1) }) };
      };
      await expect(changed(shortened)).rejects.toThrow(/holds \d+ numbers; ours, \d+\./);
    },
  );

  it('whose greedy text is the prompt alone does not pass as equal', async () => {
    const promptOnly = ({ greedy }: ParityFolder) => ({ greedy: greedy.subarray(0, 4) });
    await expect(changed(promptOnly)).rejects.toThrow('“greedy” of test/fixtures/gpt2');
  });

  it('with a number that is none before others that agree does not pass as equal', async () => {
    const broken = ({ io }: ParityFolder) => {
      const logits = io.get('logits');
      if (!logits) throw new Error('The fixture has no logits.');
      return { io: new Map(io).set('logits', { ...logits, values: logits.values.with(0, NaN) }) };
    };
    expect(exceeded(await changed(broken), 'cpu')).toContain('logits');
  });
});
