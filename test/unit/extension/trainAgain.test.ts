/** @file Train on the page: the text that the button names, as it stands now. */
import { beforeEach, expect, it, vi } from 'vitest';
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

it('takes what stands in the editor, saved or not', async () => {
  const edited = { uri: file, getText: () => `Not saved. ${old}` } as unknown as TextDocument;
  const open = vi.spyOn(workspace, 'textDocuments', 'get').mockReturnValue([edited]);
  await here.session.trainConfigured(config);
  open.mockRestore();
  expect(trained()).toBe(`Not saved. ${old}`);
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
