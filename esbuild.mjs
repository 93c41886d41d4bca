// Builds everything that ships into dist/: `node esbuild.mjs [--watch] [--production]`.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const out = (...path) => join(root, 'dist', ...path);
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
};

/** The host, for both extension hosts; the web worker's insists on a name in `.js`. */
const hosts = [
  { platform: 'node', outfile: out('extension.cjs') },
  { platform: 'browser', outfile: out('extension.web.js') },
].map((host) => ({
  ...common,
  ...host,
  entryPoints: ['extension/extension.ts'],
  format: 'cjs',
  external: ['vscode'],
}));

const pages = {
  ...common,
  entryPoints: {
    playground: 'webview/ui/pages/playground.tsx',
    attention: 'webview/ui/pages/attention.tsx',
    generation: 'webview/ui/pages/generation.tsx',
  },
  outdir: out('pages'),
  format: 'iife',
  platform: 'browser',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.ttf': 'copy' },
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** Folders of `webview/` whose modules the engine publishes and the model is built against. */
const published = ['ops', 'trace', 'config'];

/** The engine: the worker, and every published module under its name. */
const engine = {
  ...common,
  stdin: { contents: await engineEntry(), resolveDir: root, sourcefile: 'engine.js' },
  outfile: out('engine.js'),
  format: 'iife',
  platform: 'browser',
  plugins: [withoutNode()],
};

/** The model alone: what it imports comes from the engine that it is joined to. */
const model = {
  ...common,
  entryPoints: ['webview/model/model.ts'],
  outfile: out('model.js'),
  format: 'iife',
  globalName: 'transformerPlaygroundModel',
  platform: 'browser',
  plugins: [fromEngine(), layOutSource()],
};

async function engineEntry() {
  const modules = (
    await Promise.all(published.map((folder) => sourceFiles(join(root, 'webview', folder))))
  ).flat();
  const imports = modules.map((file, index) => `import * as m${index} from './${file}';`);
  const entries = modules.map((file, index) => `'${moduleName(file)}': m${index},`);
  return [
    ...imports,
    `globalThis.transformerPlaygroundModules = {\n${entries.join('\n')}\n};`,
    `import './webview/worker/worker';`,
  ].join('\n');
}

async function sourceFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) =>
      relative(root, join(folder, entry.name)).replaceAll('\\', '/').replace(/\.ts$/, ''),
    );
}

/** `webview/ops/matMul` → `ops/matMul` */
function moduleName(file) {
  return file.replace(/^webview\//, '');
}

/** Resolves the model's imports from published folders to the engine's modules. */
function fromEngine() {
  return {
    name: 'from-engine',
    setup(build) {
      build.onResolve({ filter: /^\.\.\// }, ({ path, resolveDir }) => {
        const file = relative(join(root, 'webview'), resolve(resolveDir, path)).replaceAll(
          '\\',
          '/',
        );
        return { path: file, namespace: 'engine' };
      });
      build.onLoad({ filter: /.*/, namespace: 'engine' }, ({ path }) => ({
        contents: `module.exports = globalThis.transformerPlaygroundModules['${path}'];`,
      }));
    },
  };
}

/** tfjs and Emscripten ask for Node modules behind checks that are never true in a worker. */
function withoutNode() {
  const names = /^(fs|path|crypto|os|perf_hooks|worker_threads|util|string_decoder|node-fetch)$/;
  return {
    name: 'without-node',
    setup(build) {
      build.onResolve({ filter: names }, ({ path }) => ({ path, namespace: 'without-node' }));
      build.onLoad({ filter: /.*/, namespace: 'without-node' }, () => ({ contents: '' }));
    },
  };
}

/** Files that are shipped as they are. */
async function copyAssets() {
  const wasm = dirname(
    require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'),
  );
  const icons = dirname(require.resolve('@vscode/codicons/dist/codicon.css'));
  const copies = [
    [join(wasm, 'tfjs-backend-wasm.wasm'), out('tfjs-backend-wasm.wasm')],
    [join(wasm, 'tfjs-backend-wasm-simd.wasm'), out('tfjs-backend-wasm-simd.wasm')],
    [join(icons, 'codicon.css'), out('codicon.css')],
    [join(icons, 'codicon.ttf'), out('codicon.ttf')],
  ];
  await mkdir(out('tokenizers'), { recursive: true });
  await Promise.all(copies.map(([from, to]) => copyFile(from, to)));
  for (const ranks of ['gpt2', 'cl100k_base']) {
    const { default: data } = await import(`js-tiktoken/ranks/${ranks}`);
    await writeFile(out('tokenizers', `${ranks}.json`), JSON.stringify(data));
  }
}

/**
 * Copies the source with every build of the model; what it does not bundle is watched beside what
 * it does.
 */
function layOutSource() {
  return {
    name: 'lay-out-source',
    setup(build) {
      build.onStart(async () => {
        try {
          await copySource();
        } catch (error) {
          // Shown without the stack of this script.
          return { errors: [{ text: error.message }] };
        }
      });
      build.onLoad({ filter: /[\\/]webview[\\/]model[\\/]model\.ts$/ }, async ({ path }) => ({
        contents: await readFile(path, 'utf8'),
        loader: 'ts',
        watchFiles: await sourcesBeside(),
        // A new explanation, too, is what a failed build may be waiting for.
        watchDirs: besideModel.map((folder) => join(root, folder)),
      }));
    },
  };
}

/** What the model's build reads and does not bundle. */
const besideModel = ['webview/ops', 'webview/trace', 'webview/config', 'media/explanations'];

async function sourcesBeside() {
  const files = besideModel.map(async (folder) =>
    (await readdir(join(root, folder), { withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(root, folder, entry.name)),
  );
  return (await Promise.all(files)).flat();
}

/**
 * The model's source as the learner reads it, with every file it imports from the published
 * folders, the index of its trace points, and where its names are declared.
 */
async function copySource() {
  const { indexTracePoints } = await indexer('traceIndex');
  const { indexDefinitions } = await indexer('definitions');
  const files = (await sourceFiles(join(root, 'webview/model'))).map((file) => `${file}.ts`);
  const imported = new Set();
  for (const file of files) {
    const text = await readFile(join(root, file), 'utf8');
    for (const [, path] of text.matchAll(/from '(\.\.\/(?:ops|trace|config)\/[^']+)'/g)) {
      imported.add(
        `${relative(root, resolve(root, dirname(file), path)).replaceAll('\\', '/')}.ts`,
      );
    }
  }
  const shipped = [...files, ...[...imported].sort()];
  for (const file of shipped) {
    const target = out('source', moduleName(file));
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(root, file), target);
  }
  const sources = await Promise.all(
    files.map(async (file) => ({
      file: moduleName(file),
      text: await readFile(join(root, file), 'utf8'),
    })),
  );
  const explanations = await explanationTexts();
  const records = indexTracePoints(sources, explanations);
  await writeFile(out('source', 'trace-index.json'), JSON.stringify(records, null, 1));
  const definitions = indexDefinitions({
    folder: join(root, 'webview').replaceAll('\\', '/'),
    files: shipped.map(moduleName),
  });
  await writeFile(out('source', 'definitions.json'), JSON.stringify(definitions));
}

/** Explanation id → its Markdown. */
async function explanationTexts() {
  const folder = join(root, 'media', 'explanations');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'));
  const entries = names.map(async (name) => [
    basename(name, '.md'),
    await readFile(join(folder, name), 'utf8'),
  ]);
  return new Map(await Promise.all(entries));
}

/** The indexers are TypeScript like the rest: bundled, then imported. */
async function indexer(name) {
  const file = out('tools', `${name}.mjs`);
  await esbuild.build({
    ...common,
    entryPoints: [`webview/trace/indexing/${name}.ts`],
    outfile: file,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    sourcemap: false,
  });
  return import(`${file}?${Date.now()}`);
}

async function main() {
  await mkdir(out(), { recursive: true });
  for (const folder of ['source', 'pages']) await rm(out(folder), { recursive: true, force: true });
  await copyAssets();
  const configurations = [...hosts, pages, engine, model];
  if (!watch) {
    const results = await Promise.all(
      configurations.map((configuration) => esbuild.build({ ...configuration, metafile: true })),
    );
    await writeNotices(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
    return;
  }
  const contexts = await Promise.all(
    configurations.map((configuration) =>
      esbuild.context({
        ...configuration,
        plugins: [...(configuration.plugins ?? []), reporter()],
      }),
    ),
  );
  await Promise.all(contexts.map((context) => context.watch()));
}

/** Packages whose files are copied and not bundled. */
const copied = ['@vscode/codicons', 'js-tiktoken'];

/** Whose work it is, of packages that publish no licence text: as their repositories say. */
const holders = {
  '@microsoft/': 'Copyright (c) Microsoft Corporation. All rights reserved.',
  '@tensorflow/': 'Copyright Google LLC and the other contributors to TensorFlow.js.',
  'js-tiktoken': 'Copyright (c) 2022 OpenAI, Shantanu Jain',
  seedrandom: 'Copyright 2019 David Bau.',
};

/** The licence that a package publishes no text of, with its holder; the build fails without. */
async function standardLicence(name, license) {
  const [, holder] = Object.entries(holders).find(([prefix]) => name.startsWith(prefix)) ?? [];
  if (holder === undefined) {
    throw new Error(`${name} publishes no licence text: add its holder to esbuild.mjs.`);
  }
  const text = await readFile(join(root, 'media', 'licenses', `${license}.txt`), 'utf8');
  return `${holder}\n\n${text}`;
}

/** Names every package that ships in the bundles, with its licence, as the licences ask. */
async function writeNotices(inputs) {
  const bundled = inputs.flatMap(
    (file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
  );
  const notices = [...new Set([...bundled, ...copied])].sort().map(async (name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const files = (await readdir(folder))
      .filter((file) => /^(licen[cs]e|notice)/i.test(file))
      .sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    if (!files.some((file) => /^licen[cs]e/i.test(file))) {
      texts.push(await standardLicence(name, license));
    }
    return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const introduction = 'Transformer Playground contains these packages, under their own licences.';
  const text = [introduction, ...(await Promise.all(notices))].join(rule);
  await writeFile(out('third-party-notices.txt'), `${text}\n`);
}

let building = 0;
let mistakes = 0;

/**
 * The lines that the problem matcher of `.vscode/tasks.json` waits for: one when the first bundle
 * is begun, one when the last is done.
 */
function reporter() {
  return {
    name: 'reporter',
    setup(build) {
      build.onStart(() => {
        if (building === 0) console.log('[watch] build started');
        building += 1;
      });
      build.onEnd(({ errors }) => {
        building -= 1;
        mistakes += errors.length;
        if (building > 0) return;
        console.log(`[watch] build finished, ${mistakes} errors`);
        mistakes = 0;
      });
    },
  };
}

try {
  await main();
} catch (error) {
  // esbuild has printed its own errors; of another the stack is wanted.
  if (!Array.isArray(error?.errors)) throw error;
  process.exitCode = 1;
}
