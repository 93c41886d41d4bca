/** @file What is said of a folder that the parity tool cannot read. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { writeSafetensors } from '../../../webview/formats/safetensors';
import { lineOfJson } from '../../tools/parity/parityLines';
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

const fixture = 'test/fixtures/gpt2';

describe('a folder of GPT-2 whose config.json', () => {
  it.each([
    ['n_head', 0, 'n_head must be a whole number of at least 1, not 0.'],
    ['n_head', -3, 'n_head must be a whole number of at least 1, not -3.'],
    ['n_layer', -1, 'n_layer must be a whole number of at least 0, not -1.'],
    ['n_embd', '24', 'n_embd must be a whole number of at least 1, not "24".'],
    ['n_positions', undefined, 'n_positions is missing.'],
    ['tie_word_embeddings', 'yes', 'tie_word_embeddings must be true or false, not "yes".'],
  ])('has %s %j is refused with that value', async (field, value, message) => {
    const config = JSON.parse(await readFile(`${fixture}/config.json`, 'utf8')) as object;
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, [field]: value }));
    await expect(readParityFolder(folder)).rejects.toThrow(`not GPT-2’s: ${message}`);
  });
});

describe('a folder of GPT-2 whose model.safetensors', () => {
  it.each([
    [
      'is of half precision is not said to lack what it has',
      writeSafetensors([{ name: 'wte', dtype: 'F16', shape: [1], data: new Uint16Array(1) }]),
      'model.safetensors: Tensor "wte" is of type F16; F32 is needed here.',
    ],
    ['is empty is named', new Uint8Array(), 'model.safetensors: A safetensors file begins with 8'],
  ])('%s', async (_, weights, message) => {
    await copyFile(`${fixture}/config.json`, join(folder, 'config.json'));
    await copyFile(`${fixture}/io.safetensors`, join(folder, 'io.safetensors'));
    await writeFile(join(folder, 'model.safetensors'), weights);
    await expect(readParityFolder(folder)).rejects.toThrow(message);
  });
});

describe('a line of the output', () => {
  it('names a difference that is no number', () => {
    const differences = {
      ...{ logits: NaN, hidden: Infinity, attention: 0.5, gradients: 0, tinyGradients: 0 },
      ...{ losses: 0, greedyEqual: true },
    };
    const rest = { backend: 'cpu', verdict: 'fail', exceeded: ['logits'], tolerance: {} } as const;
    const line = lineOfJson({ folder: 'a', differences, ...rest });
    expect(line).toContain('"logits":"NaN","hidden":"Infinity","attention":0.5');
  });
});
