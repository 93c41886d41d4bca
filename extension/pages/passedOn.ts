/** @file What the host does alike for every page beside the playground's. */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import type { Playground } from '../playground/playground';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';

/** Who answers for the engine: the playground's page, which has it. */
export function engineOf({ endpoint }: Pick<Playground, 'endpoint'>): PlaygroundEndpoint {
  if (endpoint !== undefined) return endpoint;
  throw new PlaygroundError({
    code: 'no-model',
    message: vscode.l10n.t('No model is in the engine: the playground is closed.'),
    remedy: vscode.l10n.t('Open the playground, and train or resume a run.'),
  });
}

/** A line that a page wrote. */
export interface PageLine {
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** Logs a line of the page named. */
export function logLine(
  log: vscode.LogOutputChannel,
  page: string,
  { level, message }: PageLine,
): null {
  const line = `${page}: ${message}`;
  if (level === 'error') log.error(line);
  else if (level === 'warning') log.warn(line);
  else log.info(line);
  return null;
}
