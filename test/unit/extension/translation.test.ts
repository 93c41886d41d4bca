/**
 * @file What the host tells the user can be translated: it is written where VS Code's tools look
 * for it.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** A failure's sentence that is not handed to `vscode.l10n.t`, unless it only joins such ones. */
const untranslated = /^.*\b(?:message|remedy):\s*(?:['"]|`(?!\$\{)).*$/gm;

it('no failure of the host is written in English only', async () => {
  const found: string[] = [];
  const files = await readdir('extension', { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const source = await readFile(join('extension', file), 'utf8');
    for (const [line] of source.matchAll(untranslated)) found.push(`${file}: ${line.trim()}`);
  }
  expect(found).toEqual([]);
});
