/** @file Files in another encoding than UTF-8 that are not open: as the editor would show them. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { Uri } from 'vscode';
import { decodeFile } from '../../../extension/datasets/decodeFile';
import { at } from '../support/disk';
import { workspace } from '../support/vscode';

vi.mock('vscode', () => import('../support/vscode'));

/** What VS Code makes of a file's bytes, by its settings and their look; it throws at binaries. */
const decode = vi.fn<(bytes: Uint8Array, options: { readonly uri: Uri }) => Promise<string>>();

const uri = at('/w/a.txt') as unknown as Uri;
const decoded = (...bytes: number[]): Promise<string> =>
  decodeFile(Uint8Array.from(bytes), 'a.txt', uri);
const as = (encoding: string) => (bytes: Uint8Array) =>
  Promise.resolve(new TextDecoder(encoding).decode(bytes));

beforeEach(() => {
  decode.mockReset();
  Object.assign(workspace, { decode });
});

it('are read as the settings of their place say', async () => {
  decode.mockImplementation(as('windows-1252'));
  expect(await decoded(0x67, 0x72, 0xf6, 0xdf, 0x65)).toBe('größe');
  expect(decode.mock.lastCall?.[1]).toEqual({ uri });
});

it('are read as UTF-16 where VS Code recognizes it', async () => {
  decode.mockImplementation(as('utf-16le'));
  expect(await decoded(0x61, 0, 0x62, 0)).toBe('ab');
});

it('are not what is UTF-8 or has a mark, whatever the settings say', async () => {
  decode.mockImplementation(as('windows-1252'));
  expect(await decoded(0xc3, 0xb6)).toBe('ö');
  expect(await decoded(0xff, 0xfe, 0x61, 0)).toBe('a');
  expect(decode).not.toHaveBeenCalled();
});

it('are refused where the bytes mean nothing in that encoding either', async () => {
  decode.mockImplementation(as('utf-8'));
  await expect(decoded(0x67, 0x72, 0xf6)).rejects.toThrow(/“a\.txt” is not valid UTF-8 text/);
  decode.mockResolvedValue('half a pair \ud83c');
  await expect(decoded(0xf6)).rejects.toMatchObject({ code: 'text-encoding' });
});

it('are refused as binary where every byte would decode, or VS Code says so', async () => {
  decode.mockImplementation(as('windows-1252'));
  await expect(decoded(0x50, 0x4e, 0x47, 0)).rejects.toThrow(/“a\.txt” is a binary file.*byte 3/);
  decode.mockResolvedValue('');
  await expect(decoded(0)).rejects.toThrow(/“a\.txt” is a binary file.*byte 0/);
  decode.mockRejectedValue(new Error('Stream is binary but only text is accepted for decoding'));
  await expect(decoded(0x50, 0, 0x47, 0)).rejects.toMatchObject({ code: 'text-binary' });
});
