/** @file Our source with GPT-2's configuration against Python's transformers, on every backend of Node. */
import { describe, expect, it } from 'vitest';

import { compare, exceeded } from '../../tools/parity/compare';
import { readParityFolder } from '../../tools/parity/folder';
import { testedBackends, useBackend } from '../support/backends';

/** ms; a software device compiles every kernel of the model, on processors that other tests share. */
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
