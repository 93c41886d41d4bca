/** @file An open file that the editor shows in the wrong encoding, “�” for what it cannot read. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { TextDocument } from 'vscode';
import { refuseMisread } from '../../../extension/datasets/misread';
import { at, disk } from '../support/disk';

vi.mock('vscode', () => import('../support/vscode'));

const latin = Uint8Array.of(0x67, 0x72, 0xf6, 0xdf, 0x65);
const shown = 'gr\uFFFD\uFFFDe';

/** What comes of a text that is shown of a file with these bytes. */
function judged(text: string, bytes: Uint8Array, document: Partial<TextDocument> = {}) {
  disk.files.set('/w/a.txt', bytes);
  const known = { uri: at('/w/a.txt'), encoding: 'utf8', isUntitled: false, ...document };
  return refuseMisread(text, known as unknown as TextDocument, 'a.txt');
}

beforeEach(() => {
  disk.files.clear();
});

it('is refused by what helps: a model would learn to write “�”', async () => {
  await expect(judged(shown, latin)).rejects.toMatchObject({
    code: 'text-encoding',
    remedy: expect.stringContaining('Reopen with Encoding') as string,
  });
});

it('is no file that holds that character itself, and none in another encoding', async () => {
  await expect(judged(shown, new TextEncoder().encode(shown))).resolves.toBeUndefined();
  await expect(judged(shown, latin, { encoding: 'windows1252' })).resolves.toBeUndefined();
  await expect(judged('größe', latin)).resolves.toBeUndefined();
  await expect(judged(shown, latin, { isUntitled: true })).resolves.toBeUndefined();
});

it('is taken as it is shown where its file cannot be read', async () => {
  const gone = at('/w/gone.txt') as unknown as TextDocument['uri'];
  await expect(judged(shown, latin, { uri: gone })).resolves.toBeUndefined();
});
