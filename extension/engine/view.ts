/** @file What the page needs to draw itself, from what the host knows now. */
import * as vscode from 'vscode';
import type { PlaygroundView, RunSummary } from '../../webview/protocol/playgroundApi';
import type { RunHistory } from '../runs/storedRun';
import { backendSetting } from '../settings';
import { hiddenAnnotations } from '../source/annotations';
import type { ActiveRun } from './activeRun';

/** What a view shows beside the settings. */
export interface Shown {
  /** In the engine, or in it last. */
  readonly run?: ActiveRun | undefined;
  /** Of the run shown. */
  readonly history?: RunHistory | undefined;
  /** One that could be continued. */
  readonly resumable?: RunSummary | undefined;
  /** One that a window has claimed. */
  readonly claimed?: RunSummary | undefined;
  /** Of the text that the page's Train would take. */
  readonly textName?: string | undefined;
  /** The run shown is another window's. */
  readonly watching?: boolean;
}

export function playgroundView(shown: Shown): PlaygroundView {
  const { run, textName = run?.text?.name, history, resumable, claimed, watching = false } = shown;
  const hidden = hiddenAnnotations();
  return {
    backend: backendSetting(),
    ...(textName === undefined ? {} : { textName }),
    trusted: vscode.workspace.isTrusted,
    watching,
    ...(hidden === undefined ? {} : { hiddenAnnotations: hidden }),
    ...(run === undefined ? {} : { run: { runId: run.id, name: run.name } }),
    ...(history === undefined ? {} : { history }),
    ...(resumable === undefined ? {} : { resumable }),
    ...(claimed === undefined ? {} : { claimed }),
  };
}
