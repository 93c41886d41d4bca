/**
 * @file Whether the source can show its shapes and numbers: VS Code has switches of its own for
 * code lenses and inlay hints, and where they are off, the user is told and offered what helps.
 */
import * as vscode from 'vscode';
import type { PlaygroundView } from '../../webview/protocol/playgroundApi';
import type { Messages } from '../messages';
import { annotationsSetting, chooseAnnotationsSetting } from '../settings';
import { modelLanguage } from './modelUri';

/** What VS Code keeps from being shown. */
export type HiddenAnnotations = NonNullable<PlaygroundView['hiddenAnnotations']>;

/** VS Code's setting for each kind, and the value that shows it. */
const switches = {
  codeLens: { key: 'codeLens', on: true },
  inlayHints: { key: 'inlayHints.enabled', on: 'on' },
} as const;

/** The kind that was chosen and is switched off, if it is. */
export function hiddenAnnotations(): HiddenAnnotations | undefined {
  const chosen = annotationsSetting();
  switch (chosen) {
    case 'codeLens':
      return editorSetting('codeLens') === false ? chosen : undefined;
    case 'inlayHints': {
      const enabled = editorSetting('inlayHints.enabled');
      // Shown or hidden while Ctrl and Alt are held: the user knows how.
      return enabled === 'off' ? chosen : undefined;
    }
    case 'off':
      return undefined;
    default:
      return chosen satisfies never;
  }
}

/** Calls back when what is shown, or whether, has changed. */
export function onAnnotationsChange(listener: () => void): vscode.Disposable {
  const settings = Object.values(switches).map(({ key }) => `editor.${key}`);
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const counts = ['transformerPlayground.source.annotations', ...settings];
    if (counts.some((key) => event.affectsConfiguration(key))) listener();
  });
}

/** Says that nothing can be seen, with what would change it. */
export function tellHidden(messages: Messages): void {
  const hidden = hiddenAnnotations();
  switch (hidden) {
    case undefined:
      return;
    case 'codeLens':
      messages.information(
        vscode.l10n.t(
          'Code lenses are switched off (editor.codeLens), so that the source shows no shapes and numbers.',
        ),
        { label: vscode.l10n.t('Turn On Code Lenses'), run: () => turnOn('codeLens') },
        {
          label: vscode.l10n.t('Use Inlay Hints'),
          run: () => turnOn('inlayHints'),
        },
      );
      return;
    case 'inlayHints':
      messages.information(
        vscode.l10n.t(
          'Inlay hints are switched off (editor.inlayHints.enabled), so that the source shows no shapes and numbers.',
        ),
        { label: vscode.l10n.t('Turn On Inlay Hints'), run: () => turnOn('inlayHints') },
        { label: vscode.l10n.t('Use Code Lenses'), run: () => turnOn('codeLens') },
      );
      return;
    default:
      hidden satisfies never;
  }
}

/** Has VS Code show what was chosen and is switched off. */
export async function turnOnAnnotations(): Promise<void> {
  const hidden = hiddenAnnotations();
  if (hidden !== undefined) await turnOn(hidden);
}

/** Chooses a kind, and has VS Code show it in the model's source, where it is off. */
async function turnOn(kind: HiddenAnnotations): Promise<void> {
  await chooseAnnotationsSetting(kind);
  if (hiddenAnnotations() === undefined) return;
  const { key, on } = switches[kind];
  // For the language of the source alone: what the user chose for other files stays.
  await editorConfiguration().update(key, on, vscode.ConfigurationTarget.Global, true);
}

function editorSetting(key: string): unknown {
  return editorConfiguration().get<unknown>(key);
}

function editorConfiguration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('editor', { languageId: modelLanguage });
}
