/** @file What the package must hold, told from the repository and not from `.vscodeignore`. */
import { readdir, readFile } from 'node:fs/promises';
import { inRepository } from '../../tools/support/repository';

const always = [
  'LICENSE.txt',
  'changelog.md',
  'package.json',
  'package.nls.json',
  'readme.md',
  'dist/codicon.css',
  'dist/codicon.ttf',
  'dist/engine.js',
  'dist/extension.cjs',
  'dist/extension.web.js',
  'dist/model.js',
  'dist/pages/attention.css',
  'dist/pages/attention.js',
  'dist/pages/generation.css',
  'dist/pages/generation.js',
  'dist/pages/playground.css',
  'dist/pages/playground.js',
  'dist/source/definitions.json',
  'dist/source/trace-index.json',
  'dist/tfjs-backend-wasm-simd.wasm',
  'dist/tfjs-backend-wasm.wasm',
  'dist/third-party-notices.txt',
  'dist/tokenizers/cl100k_base.json',
  'dist/tokenizers/gpt2.json',
];

/** Paths in the package, sorted; the standard licences are in the notices, where needed. */
export async function shippedFiles(): Promise<string[]> {
  const media = await readdir(inRepository('media'), { recursive: true, withFileTypes: true });
  const pictures = media
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(inRepository().length + 1))
    .filter((path) => !forwardSlashes(path).startsWith('media/licenses/'));
  return [...always, ...pictures, ...(await textbook())].map(forwardSlashes).sort();
}

/** The model's source, and what it imports from the published folders. */
async function textbook(): Promise<string[]> {
  const folder = inRepository('webview', 'model');
  const model = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const imported = new Set<string>();
  for (const name of model) {
    const text = await readFile(`${folder}/${name}`, 'utf8');
    for (const [, path] of text.matchAll(/from '\.\.\/((?:ops|trace|config)\/[^']+)'/g)) {
      imported.add(`dist/source/${path ?? ''}.ts`);
    }
  }
  return [...model.map((name) => `dist/source/model/${name}`), ...imported];
}

const forwardSlashes = (path: string): string => path.replaceAll('\\', '/');
