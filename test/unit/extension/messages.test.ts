/** @file Whether the user is told what failed, and not what they did themselves. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Messages } from '../../../extension/messages';
import { Refusal } from '../../../extension/refusal';
import { PlaygroundError } from '../../../webview/config/errors';
import { Endpoint } from '../../../webview/protocol/endpoint';

const shown = vi.hoisted(() =>
  vi.fn<(text: string) => Promise<undefined>>(() => Promise.resolve(undefined)),
);

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  window: { showErrorMessage: shown, showInformationMessage: shown, showWarningMessage: shown },
}));

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const messages = new Messages(log as unknown as vscode.LogOutputChannel);

beforeEach(() => {
  vi.clearAllMocks();
});

describe('a message', () => {
  const name = '[a](command:workbench.action.closeAllEditors).txt';
  const failure = new Refusal({ code: 'text-empty', message: `“${name}” is empty.`, remedy: '' });

  it.each([
    [
      'information',
      () => {
        messages.information(`“${name}” is trained.`);
      },
    ],
    [
      'warning',
      () => {
        messages.warning(`“${name}” is damaged.`);
      },
    ],
    [
      'refusal',
      () => {
        messages.failure(failure);
      },
    ],
    [
      'failure',
      () => {
        messages.failure(new Error(`“${name}” cannot be read.`));
      },
    ],
  ])('makes no link of a name: %s', (_kind, tell) => {
    tell();
    expect(shown.mock.lastCall?.[0]).toContain('“[a]\u200b(command:');
  });
});

describe('a command', () => {
  it('that fails says what happened and what to do', async () => {
    await messages.attempt(() => {
      throw new PlaygroundError({
        code: 'full',
        message: 'The disk is full.',
        remedy: 'Empty it.',
      });
    });
    expect(shown.mock.lastCall?.[0]).toBe('The disk is full. Empty it.');
  });

  it('that waits for a page when the user closes it is over without a word', async () => {
    const page = new Endpoint(
      { post: () => undefined, onMessage: () => () => undefined },
      { name: 'host', protocolVersion: 1, onError: () => undefined },
    );
    const attempted = messages.attempt(() => page.request('snapshot', null));
    page.dispose();
    await attempted;
    expect(shown).not.toHaveBeenCalled();
    expect(log.info).toHaveBeenCalledWith('The host was closed.');
  });
});
