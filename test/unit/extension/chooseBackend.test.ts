/** @file Choose Backend: names as on the page, and a list that opens on what is set. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { QuickPickItem } from 'vscode';
import { chooseBackend } from '../../../extension/chooseBackend';
import type { Messages } from '../../../extension/messages';
import { settings } from '../support/vscode';

/** The list of VS Code, in which Enter takes the active entry. */
class List {
  items: readonly QuickPickItem[] = [];
  activeItems: readonly QuickPickItem[] = [];
  selectedItems: readonly QuickPickItem[] = [];
  accepted = (): void => undefined;
  hidden = (): void => undefined;

  onDidAccept(listener: () => void): void {
    this.accepted = listener;
  }

  onDidHide(listener: () => void): void {
    this.hidden = listener;
  }

  show(): void {
    this.activeItems = this.activeItems.length > 0 ? this.activeItems : this.items.slice(0, 1);
  }

  hide(): void {
    this.hidden();
  }

  dispose(): void {
    this.items = [];
  }

  /** Moves to an entry, if one is named, and presses Enter. */
  enter(label?: string): void {
    this.selectedItems =
      label === undefined ? this.activeItems : this.items.filter((item) => item.label === label);
    this.accepted();
  }
}

let list: List;

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  window: { createQuickPick: () => list },
}));

const information = vi.fn();
const messages = { information } as unknown as Messages;

beforeEach(() => {
  list = new List();
  information.mockReset();
  settings.set('backend', 'wasm');
});

it('opens on the backend that is set, so that Enter changes nothing', async () => {
  const choosing = chooseBackend(messages);
  expect(list.activeItems.map(({ label }) => label)).toEqual(['WASM']);
  list.enter();
  await choosing;
  expect(settings.get('backend')).toBe('wasm');
  expect(information).not.toHaveBeenCalled();
});

it('calls the backends what the page calls them', async () => {
  const choosing = chooseBackend(messages);
  expect(list.items.map(({ label }) => label)).toEqual([
    'Automatic',
    'WebGPU',
    'WASM',
    'Plain CPU',
  ]);
  list.enter('Plain CPU');
  await choosing;
  expect(settings.get('backend')).toBe('cpu');
  expect(information).toHaveBeenCalledWith('Backend: Plain CPU. It counts from the next run on.');
});

it('changes nothing when it is left', async () => {
  const choosing = chooseBackend(messages);
  list.hide();
  await choosing;
  expect(settings.get('backend')).toBe('wasm');
});
