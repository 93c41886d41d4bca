/** @file What the page needs to draw itself, from what the host knows now. */
import * as vscode from 'vscode';
import type { PlaygroundView, RunSummary } from '../../webview/protocol/playgroundApi';
import type { RunHistory } from '../runs/storedRun';
import { backendSetting } from '../settings';

/** What a view shows beside the settings. */
export interface Shown {
  /** Of the run shown. */
  readonly history?: RunHistory | undefined;
  /** One that could be continued. */
  readonly resumable?: RunSummary | undefined;
  /** The run shown is another window's. */
  readonly watching?: boolean;
}

export function playgroundView({ history, resumable, watching = false }: Shown): PlaygroundView {
  return {
    backend: backendSetting(),
    trusted: vscode.workspace.isTrusted,
    watching,
    ...(history === undefined ? {} : { history }),
    ...(resumable === undefined ? {} : { resumable }),
  };
}
