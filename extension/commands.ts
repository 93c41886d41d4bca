/**
 * @file Every command of the manifest, each bound to what does it. A failure is shown with its
 * remedy.
 */
import * as vscode from 'vscode';
import { chooseBackend } from './chooseBackend';
import { formatCount } from '../webview/config/counts';
import { diagnosticsReport } from './diagnostics';
import type { Engine } from './engine/engine';
import type { Session } from './engine/session';
import { Disposable } from './lifetime';
import type { Messages } from './messages';
import type { Playground } from './playground/playground';

/** What commands act on. */
export interface CommandTargets {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly messages: Messages;
  readonly playground: Playground;
  readonly engine: Engine;
  readonly session: Session;
}

export class Commands extends Disposable {
  constructor(targets: CommandTargets) {
    super();
    const { engine, session, playground, messages, log } = targets;
    const commands: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
      trainTinyModel: () => session.trainTiny(),
      trainOnThisFile: (uri, others) =>
        session.trainOnText(uri instanceof vscode.Uri ? uri : undefined, Array.isArray(others)),
      pause: () => engine.control('pause'),
      resume: () => engine.control('resume'),
      stop: () => engine.control('stop'),
      singleStep: () => engine.control('step'),
      saveCheckpoint: async () => {
        const { stored, step: saved } = await engine.saveCheckpoint();
        const step = formatCount(saved);
        messages.information(
          stored.isLasting
            ? vscode.l10n.t('The checkpoint of step {0} is saved.', step)
            : vscode.l10n.t(
                'The checkpoint of step {0} is kept in memory until this window closes: no folder for runs can be written.',
                step,
              ),
        );
      },
      resumeLastRun: () => session.resumeLast(),
      // A message that offers to resume a run names it.
      resumeAnotherRun: (runId) =>
        typeof runId === 'string' ? session.resumeRun(runId) : session.resumeAnother(),
      chooseBackend: () => chooseBackend(messages),
      openPlayground: () => playground.open(),
      copyDiagnostics: () => copyDiagnostics(targets),
      showLog: () => {
        log.show();
      },
    };
    for (const [name, run] of Object.entries(commands)) {
      this.register(
        vscode.commands.registerCommand(
          `transformerPlayground.${name}`,
          async (...args: unknown[]) => {
            log.debug(`Command ${name}`);
            await messages.attempt(() => run(...args));
          },
        ),
      );
    }
  }
}

async function copyDiagnostics(targets: CommandTargets): Promise<void> {
  const { context, playground, engine, messages } = targets;
  const report = await diagnosticsReport(context, playground.endpoint, engine, messages);
  await vscode.env.clipboard.writeText(report);
  messages.information(
    vscode.l10n.t('The diagnostics are on the clipboard. They hold no text of yours.'),
  );
}
