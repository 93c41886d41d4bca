/** @file Choose Backend: the list of backends, on the one that is set now. */
import * as vscode from 'vscode';
import { backendNames, type BackendChoice } from '../webview/config/backend';
import type { Messages } from './messages';
import { backendSetting, chooseBackendSetting } from './settings';

interface BackendItem extends vscode.QuickPickItem {
  readonly backend: BackendChoice;
}

/** Lets the user choose the backend of the next run. Enter alone changes nothing. */
export async function chooseBackend(messages: Messages): Promise<void> {
  const current = backendSetting();
  const chosen = await pick(itemsOf(current), ({ backend }) => backend === current);
  if (chosen === undefined || chosen.backend === current) return;
  await chooseBackendSetting(chosen.backend);
  messages.information(
    vscode.l10n.t('Backend: {0}. It counts from the next run on.', chosen.label),
  );
}

function itemsOf(current: BackendChoice): readonly BackendItem[] {
  const item = (backend: BackendChoice, detail: string): BackendItem => ({
    backend,
    label: backendNames[backend],
    detail,
    ...(backend === current ? { description: vscode.l10n.t('current') } : {}),
  });
  return [
    item(
      'auto',
      vscode.l10n.t('The faster of WebGPU and WASM, by a short timed probe of the model.'),
    ),
    item(
      'webgpu',
      vscode.l10n.t('The graphics processor. Fastest for all but the smallest models.'),
    ),
    item(
      'wasm',
      vscode.l10n.t(
        'The processor, with WebAssembly and SIMD. Works everywhere and suits tiny models.',
      ),
    ),
    item(
      'cpu',
      vscode.l10n.t('The processor, with plain JavaScript. Slow; for comparison and for faults.'),
    ),
  ];
}

/** Shows a list with the focus on one of its entries, which `showQuickPick` cannot. */
function pick(
  items: readonly BackendItem[],
  isActive: (item: BackendItem) => boolean,
): Promise<BackendItem | undefined> {
  const list = vscode.window.createQuickPick<BackendItem>();
  list.title = vscode.l10n.t('Choose where the model is computed');
  list.placeholder = vscode.l10n.t('Counts from the next run on');
  list.items = items;
  list.activeItems = items.filter(isActive);
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}
