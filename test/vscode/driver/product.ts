/** @file The extension as an installed one lies on disk. */
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder } from '../../tools/support/cleanup';
import { inRepository } from '../../tools/support/repository';

/** What lies in dist and is not shipped. */
const development = ['test', 'tools', 'types'];

/** A folder with the manifest and what is built, and nothing of the repository besides. */
export async function unpackedProduct(): Promise<string> {
  const folder = inRepository('dist', 'test', 'product');
  await removeFolder(folder);
  await mkdir(join(folder, 'dist'), { recursive: true });
  const built = (await readdir(inRepository('dist'))).filter((name) => !development.includes(name));
  const shipped = [
    'package.json',
    'package.nls.json',
    'media',
    ...built.map((name) => `dist/${name}`),
  ];
  for (const name of shipped.filter((path) => !path.endsWith('.map'))) {
    await cp(inRepository(name), join(folder, name), { recursive: true });
  }
  return folder;
}
