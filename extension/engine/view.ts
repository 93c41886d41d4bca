/** @file What the page needs to draw itself, from what the host knows now. */
import * as vscode from 'vscode';
import type { PlaygroundView, RunSummary } from '../../webview/protocol/playgroundApi';
import type { RunHistory } from '../runs/storedRun';
import { backendSetting } from '../settings';

/** `history` is of the run shown, `resumable` of one that could be continued. */
export function playgroundView(
  history: RunHistory | undefined,
  resumable: RunSummary | undefined,
): PlaygroundView {
  return {
    backend: backendSetting(),
    trusted: vscode.workspace.isTrusted,
    ...(history === undefined ? {} : { history }),
    ...(resumable === undefined ? {} : { resumable }),
  };
}
