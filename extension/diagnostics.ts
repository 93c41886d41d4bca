/**
 * @file What a report of a fault needs: versions, backend, adapter, limits, state, the last errors.
 * No texts, and of paths no more than the last part.
 */
import * as vscode from 'vscode';
import type { EngineDiagnostics } from '../webview/protocol/engineApi';
import type { Engine } from './engine/engine';
import type { Messages } from './messages';
import type { PlaygroundEndpoint } from './playground/playgroundPanel';
import { backendSetting, runsLocationSetting } from './settings';
import { withoutPaths } from './withoutPaths';

/** An engine that is busy with a long step answers in this time, ms; one that hangs does not. */
const patience = 5000;

/** The report as Markdown, made also where the engine does not answer. */
export async function diagnosticsReport(
  context: vscode.ExtensionContext,
  endpoint: PlaygroundEndpoint | undefined,
  engine: Engine,
  messages: Messages,
): Promise<string> {
  const { version } = context.extension.packageJSON as { version: string };
  const host = {
    'Transformer Playground': version,
    'VS Code': `${vscode.version} (${vscode.env.appName}, ${vscode.env.appHost})`,
    UI: vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop',
    Remote: vscode.env.remoteName ?? 'none',
    'Extension host': 'importScripts' in globalThis ? 'web worker' : 'Node',
    'Workspace trusted': vscode.workspace.isTrusted,
    Storage: context.storageUri?.scheme ?? `global (${context.globalStorageUri.scheme})`,
    Settings: { backend: backendSetting(), runsLocation: runsLocationSetting() },
    State: engine.state,
    Run: engine.run?.stored.config,
  };
  const answer = await engineDiagnostics(endpoint);
  return [
    '## Transformer Playground: diagnostics',
    block(host),
    '### Engine',
    typeof answer === 'string' ? answer : block(answer),
    '### Last errors',
    messages.lastFailures.length === 0 ? 'None.' : block(messages.lastFailures),
    '',
  ].join('\n\n');
}

async function engineDiagnostics(
  endpoint: PlaygroundEndpoint | undefined,
): Promise<EngineDiagnostics | string> {
  if (endpoint === undefined) return 'The playground is not open, so no engine is running.';
  const abort = new AbortController();
  const timer = setTimeout(() => {
    abort.abort();
  }, patience);
  try {
    return await endpoint.request('diagnostics', null, { signal: abort.signal });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return withoutPaths(`The engine did not answer: ${reason}`);
  } finally {
    clearTimeout(timer);
  }
}

function block(value: unknown): string {
  const cut = (_key: string, part: unknown): unknown =>
    typeof part === 'string' ? withoutPaths(part) : part;
  return `\`\`\`json\n${JSON.stringify(value, cut, 2)}\n\`\`\``;
}
