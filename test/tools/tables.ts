/**
 * @file `npm run tables [-- --check]`: writes the README's tables of commands and settings, which
 * stand between markers, from the manifest; `--check` only says whether they are stale.
 */
import { readFile, writeFile } from 'node:fs/promises';
import * as prettier from 'prettier';
import { withCleanup } from './support/cleanup';
import { inRepository } from './support/repository';
import { commandTable, settingTable, type Manifest } from './tables/tables';

await withCleanup(async () => {
  const file = inRepository('README.md');
  const written = await readFile(file, 'utf8');
  const manifest = JSON.parse(await readFile(inRepository('package.json'), 'utf8')) as Manifest;
  const texts = JSON.parse(await readFile(inRepository('package.nls.json'), 'utf8')) as Record<
    string,
    string
  >;
  const filled = fill(
    fill(written, 'commands', commandTable(manifest, texts)),
    'settings',
    settingTable(manifest, texts),
  );
  const options = await prettier.resolveConfig(file);
  const wanted = await prettier.format(filled, { ...options, filepath: file });
  if (wanted === written) return 0;
  if (process.argv.includes('--check')) {
    console.error('README.md: its tables are not those of package.json: run "npm run tables".');
    return 1;
  }
  await writeFile(file, wanted);
  return 0;
});

/** Puts a table between its markers, `<!-- NAME -->` and `<!-- /NAME -->`. */
function fill(text: string, name: string, table: string): string {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, after] = [text.indexOf(opening) + opening.length, text.indexOf(closing)];
  if (before < opening.length || after < before) {
    throw new Error(`README.md has no place for the table: write ${opening} and ${closing}.`);
  }
  return `${text.slice(0, before)}\n\n${table}\n\n${text.slice(after)}`;
}
