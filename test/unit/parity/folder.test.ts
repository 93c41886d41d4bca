/** @file What is said of a folder that the parity tool cannot read. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readParityFolder } from '../../tools/parity/folder';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parity-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a folder whose config.json', () => {
  it.each([
    ['{"model_type": ', 'config.json is no JSON: SyntaxError'],
    ['{"n_layer": 2}', 'config.json names no “model_type”: write which it is, such as gpt2.'],
    ['[]', 'config.json names no “model_type”'],
    ['{"model_type": "llama"}', 'model_type “llama” is not supported; this version reads gpt2.'],
  ])('holds %s is refused by what is wrong with it', async (text, message) => {
    await writeFile(join(folder, 'config.json'), text);
    await expect(readParityFolder(folder)).rejects.toThrow(message);
  });
});
