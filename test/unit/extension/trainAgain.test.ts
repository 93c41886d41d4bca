/** @file Train on the page: the text that the button names, as it stands now. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { workspace, type TextDocument, type Uri } from 'vscode';
import { configForText } from '../../../webview/config/presets';
import { at, disk } from '../support/disk';
import { WindowOnDisk } from '../support/savedRuns';

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  window: { activeTextEditor: undefined },
}));

const file = at('/w/sonnets.txt');
const old = 'the cat sat on the mat. '.repeat(20);
const config = configForText('sonnets.txt');
let here: WindowOnDisk;

const write = (text: string) => disk.files.set(file.path, new TextEncoder().encode(text));

/** The text of the run that was begun last. */
const trained = () => {
  const { text } = here.begun.at(-1) ?? {};
  return text === undefined ? undefined : new TextDecoder().decode(text.bytes);
};

beforeEach(async () => {
  disk.clear();
  here = new WindowOnDisk('here');
  write(old);
  await here.session.trainOnText(file as unknown as Uri, true);
});

it('takes the file as it was changed on disk', async () => {
  write(old.toUpperCase());
  await here.session.trainConfigured(config);
  expect(trained()).toBe(old.toUpperCase());
  expect(here.told).toEqual([]);
});

describe('of a file that is open', () => {
  /** Trains while an editor holds `text`, which is not what the file holds. */
  async function trainWhileOpen(text: string, about: Partial<TextDocument> = {}): Promise<void> {
    const shared = { uri: file as unknown as Uri, encoding: 'utf8' };
    const document = {
      ...shared,
      isDirty: false,
      isUntitled: false,
      getText: () => text,
      ...about,
    };
    const open = vi
      .spyOn(workspace, 'textDocuments', 'get')
      .mockReturnValue([document as TextDocument]);
    await here.session.trainConfigured(config).finally(() => {
      open.mockRestore();
    });
  }

  it('takes what was edited and not saved', async () => {
    await trainWhileOpen(`Not saved. ${old}`, { isDirty: true });
    expect(trained()).toBe(`Not saved. ${old}`);
  });

  it('takes the file where the editor has not yet noticed its change', async () => {
    write(old.toUpperCase());
    await trainWhileOpen(old);
    expect(trained()).toBe(old.toUpperCase());
  });

  it('reads the file in the encoding that the editor was told', async () => {
    const latin1 = old.replaceAll('cat', 'käfer');
    disk.files.set(
      file.path,
      Uint8Array.from(latin1, (letter) => letter.charCodeAt(0)),
    );
    await trainWhileOpen(old, { encoding: 'latin1' });
    expect(trained()).toBe(latin1);
  });

  it('takes the document where nothing but the editor has it', async () => {
    const uri = { ...at('/w/sonnets.txt'), scheme: 'git', toString: () => file.toString() };
    await trainWhileOpen('of an older commit. '.repeat(20), { uri: uri as unknown as Uri });
    expect(trained()).toBe('of an older commit. '.repeat(20));
  });
});

it('takes its copy of a file that is gone, says so, and the file again once it is back', async () => {
  disk.files.delete(file.path);
  await here.session.trainConfigured(config);
  expect(trained()).toBe(old);
  expect(here.told).toEqual([
    '“sonnets.txt” cannot be read: it is not there. “sonnets.txt” is trained on as it was read before.',
  ]);
  write(old.toUpperCase());
  await here.session.trainConfigured(config);
  expect(trained()).toBe(old.toUpperCase());
});

it('refuses a file that has become no text, and does not take the old one silently', async () => {
  write('PNG\0\0');
  await expect(here.session.trainConfigured(config)).rejects.toThrow(/is a binary file/);
  expect(here.begun).toHaveLength(1);
});

it('says of the copy that a run kept that it is one', async () => {
  const after = new WindowOnDisk('after a reload');
  const bytes = new TextEncoder().encode(old).buffer;
  const run = await after.store.create(config, { name: 'sonnets.txt', bytes });
  const nothing = { metrics: [], samples: [] };
  const checkpoint = new ArrayBuffer(8);
  await run.store({ runId: run.id, step: 9, reason: 'stop', checkpoint, ...nothing });
  await after.session.trainConfigured(config);
  expect(after.begun[0]?.text?.name).toBe('sonnets.txt');
  expect(after.told).toEqual([
    '“sonnets.txt” is trained on as it was read before. For what stands there now use “Transformer: Train on This File”.',
  ]);
});
