/**
 * @file The package that users install: what is in it, and that it works where nothing can be
 * fetched.
 */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { makePackage } from '../../tools/package/vsix';
import { removeFolder } from '../../tools/support/cleanup';
import { inRepository } from '../../tools/support/repository';
import { journey } from '../driver/journey';
import { Playground } from '../driver/playground';
import { shippedFiles } from './shippedFiles';

const folder = inRepository('dist', 'test', 'package', 'unpacked');
const file = inRepository('dist', 'test', 'package', 'product.vsix');
const entries = new Map<string, Uint8Array>();

suite('The package', () => {
  suiteSetup(async function () {
    this.timeout(120_000);
    await makePackage(file);
    for (const [path, bytes] of Object.entries(unzipSync(await readFile(file)))) {
      entries.set(path, bytes);
    }
    await removeFolder(folder);
    await unpack('extension/', folder);
  });

  test('holds what the product needs, and nothing else', async () => {
    // vsce writes the names of README, CHANGELOG and LICENSE in its own way.
    const packed = [...entries.keys()].filter((path) => path.startsWith('extension/'));
    const names = packed.map((path) => path.slice('extension/'.length)).sort();
    assert.deepEqual(names, await shippedFiles());
  });

  test('is under 4 MB', async () => {
    const megabytes = (await readFile(file)).byteLength / 1e6;
    console.log(`      ${megabytes.toFixed(2)} MB in ${entries.size} files`);
    assert.ok(megabytes < 4);
  });

  test('asks the extension host for nothing but the API of VS Code', () => {
    for (const host of ['extension.cjs', 'extension.web.js']) {
      const code = textOf(`extension/dist/${host}`);
      const modules = [...code.matchAll(/\brequire\("([^"]*)"\)/g)].map(([, name]) => name);
      assert.deepEqual([...new Set(modules)], ['vscode'], host);
    }
  });

  test('brings the licence of each package that is in it, word by word', () => {
    const text = textOf('extension/dist/third-party-notices.txt');
    const [, ...notices] = text.split(`\n\n${'-'.repeat(80)}\n\n`);
    assert.ok(notices.length > 10);
    for (const notice of notices) {
      const [name = ''] = notice.split('\n');
      assert.match(name, /^\S+ [\d.]+ \(.+\)$/);
      // Who holds it, and what the holder allows.
      assert.match(notice, /^\s*(copyright\b.*\S|.*\(c\).*\S)$/im, name);
      assert.match(notice, /permission|grants to You|licen[sc]ed? material/i, name);
      assert.ok(notice.length > 500, name);
    }
  });

  test('names no map that it does not hold', () => {
    for (const [path, bytes] of entries) {
      if (!/\.(c?js|css)$/.test(path)) continue;
      assert.doesNotMatch(
        new TextDecoder().decode(bytes),
        /sourceMappingURL=(?!data:)\S+\.map/,
        path,
      );
    }
  });

  journey(
    'trains once it is installed, with every host but this machine out of reach',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const playground = new Playground(window);
      await window.runCommand('Transformer: Train Tiny Model');
      await playground.reach(20, 90);
      await playground.says(/Training\s+\d\.\d/);
      await window.screenshot('installed-package');
    },
    { extension: null, installed: [folder], chromium: { network: false }, timeoutSeconds: 180 },
  );
});

const textOf = (path: string): string => new TextDecoder().decode(entries.get(path));

async function unpack(prefix: string, target: string): Promise<void> {
  for (const [path, bytes] of entries) {
    if (!path.startsWith(prefix)) continue;
    const name = join(target, path.slice(prefix.length));
    await mkdir(dirname(name), { recursive: true });
    await writeFile(name, bytes);
  }
  assert.ok((await readdir(target)).includes('package.json'));
}
