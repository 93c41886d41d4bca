/** @file What the user is told of a run's fate, with what they can do about it. */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import { formatCount } from '../../webview/config/counts';
import { fileFailure } from '../fileTrouble';
import { Disposable } from '../lifetime';
import type { Messages, Offer } from '../messages';
import type { Engine } from './engine';
import type { EngineNews } from './news';

export class Announcements extends Disposable {
  private readonly messages: Messages;
  private readonly isPanelVisible: () => boolean;

  constructor(engine: Engine, messages: Messages, isPanelVisible: () => boolean) {
    super();
    this.messages = messages;
    this.isPanelVisible = isPanelVisible;
    this.register(
      engine.onNews((news) => {
        this.tell(news);
      }),
    );
  }

  private tell(news: EngineNews): void {
    switch (news.kind) {
      case 'ended':
        this.tellEnded(news);
        break;
      case 'failed':
        void this.tellFailed(news);
        break;
      case 'closed':
        void this.tellClosed(news);
        break;
      case 'recovered':
        this.tellRecovered(news);
        break;
      case 'not-saved':
        this.tellNotSaved(news);
        break;
      case 'rescued':
        this.tellRescued(news);
        break;
      case 'taken':
        this.messages.warning(
          vscode.l10n.t(
            '“{0}” is being trained in another window now: this one was silent for too long. Nothing more of it is saved here.',
            news.run.name,
          ),
        );
        break;
      default:
        news satisfies never;
    }
  }

  private tellRecovered({ run, lost, cause }: EngineNews & { kind: 'recovered' }): void {
    const what =
      cause === 'page'
        ? vscode.l10n.t('The playground was moved or reloaded, and its engine started again.')
        : vscode.l10n.t('The graphics device was lost, and the engine started again without it.');
    const { name, stored } = run;
    const then =
      stored.storedStep === 0
        ? vscode.l10n.t('“{0}” begins again from step 0, as it has no later snapshot.', name)
        : vscode.l10n.t('“{0}” goes on from step {1}.', name, formatCount(stored.storedStep));
    const again = trainedAgain(lost, stored.storedStep);
    this.messages.information([what, then, ...(lost === 0 ? [] : [again])].join(' '));
  }

  /** A page that is seen says it itself. */
  private tellEnded({ run, outcome }: EngineNews & { kind: 'ended' }): void {
    if (outcome === 'stopped' || this.isPanelVisible()) return;
    const { validationLoss } = run.stored.summary;
    const steps =
      run.step === 1 ? vscode.l10n.t('1 step') : vscode.l10n.t('{0} steps', formatCount(run.step));
    const text =
      validationLoss === undefined
        ? vscode.l10n.t('“{0}” is trained: {1}.', run.name, steps)
        : vscode.l10n.t(
            '“{0}” is trained: {1}, validation loss {2}.',
            run.name,
            steps,
            validationLoss.toFixed(2),
          );
    this.messages.information(text, openPlayground());
  }

  /** A page that is seen says it itself. What diverged once does so again from any checkpoint. */
  private async tellFailed({ run, error }: EngineNews & { kind: 'failed' }): Promise<void> {
    if (this.isPanelVisible()) {
      this.messages.remember(error);
      return;
    }
    const isKept = await run.isKept();
    const canResume = error.code !== 'training-diverged' && isKept;
    const told = error.code === 'engine-died' ? withRemedy(error, isKept) : error;
    this.messages.failure(told, ...(canResume ? [resume(run.id)] : []));
  }

  private async tellClosed({ run, step, lost }: EngineNews & { kind: 'closed' }): Promise<void> {
    if (!(await run.isKept())) {
      const text =
        run.stored.record.step === 0
          ? vscode.l10n.t(
              'The playground was closed at step {0} of “{1}”, before its first snapshot: nothing was kept.',
              formatCount(step),
              run.name,
            )
          : vscode.l10n.t(
              'The playground was closed at step {0} of “{1}”. Its snapshots are gone from its folder, so it cannot be resumed.',
              formatCount(step),
              run.name,
            );
      this.messages.information(text);
      return;
    }
    const storedStep = formatCount(run.stored.storedStep);
    const kept = run.stored.isLasting
      ? vscode.l10n.t('The run is kept at step {0}', storedStep)
      : vscode.l10n.t(
          'The run is kept in memory until this window closes, at step {0}',
          storedStep,
        );
    const cost =
      lost === 1
        ? vscode.l10n.t('1 step was lost')
        : vscode.l10n.t('{0} steps were lost', formatCount(lost));
    this.messages.information(
      vscode.l10n.t(
        'The playground was closed at step {0} of “{1}”. {2}; {3}.',
        formatCount(step),
        run.name,
        kept,
        cost,
      ),
      resume(run.id),
    );
  }

  private tellRescued({ run, error }: EngineNews & { kind: 'rescued' }): void {
    const failure = notSaved(run.name, error);
    this.messages.remember(failure);
    const step = formatCount(run.stored.storedStep);
    const kept = run.stored.isLasting
      ? vscode.l10n.t('It is kept in another folder, at step {0}, and can be resumed.', step)
      : vscode.l10n.t(
          'It is kept in memory, at step {0}, and can be resumed until this window closes or is reloaded.',
          step,
        );
    this.messages.warning(`${failure.message} ${kept} ${failure.remedy}`, showLog());
  }

  private tellNotSaved({ run, error }: EngineNews & { kind: 'not-saved' }): void {
    const failure = notSaved(run.name, error);
    this.messages.remember(failure);
    this.messages.warning(
      vscode.l10n.t(
        '{0} Training goes on, and the next snapshot tries again. {1}',
        failure.message,
        failure.remedy,
      ),
      showLog(),
    );
  }
}

function trainedAgain(lost: number, from: number): string {
  const steps = formatCount(lost);
  if (from === 0) {
    return lost === 1
      ? vscode.l10n.t('1 step was lost and is trained again.')
      : vscode.l10n.t('{0} steps were lost and are trained again.', steps);
  }
  return lost === 1
    ? vscode.l10n.t('1 step since the last snapshot was lost and is trained again.')
    : vscode.l10n.t('{0} steps since the last snapshot were lost and are trained again.', steps);
}

/** An engine that died knows nothing of what is left of its run. */
function withRemedy(error: PlaygroundError, isKept: boolean): PlaygroundError {
  const { code, message } = error;
  const remedy = isKept
    ? vscode.l10n.t('Resume continues from the last snapshot.')
    : vscode.l10n.t('Nothing of the run was saved that could be resumed: train again.');
  return new PlaygroundError({ code, message, remedy }, { cause: error });
}

function openPlayground(): Offer {
  return {
    label: vscode.l10n.t('Open Playground'),
    run: () => execute('transformerPlayground.openPlayground'),
  };
}

/** Resumes the run of the message, whatever was trained since. */
function resume(runId: string): Offer {
  return {
    label: vscode.l10n.t('Resume'),
    run: () => execute('transformerPlayground.resumeAnotherRun', runId),
  };
}

function showLog(): Offer {
  return {
    label: vscode.l10n.t('Show Log'),
    run: () => execute('transformerPlayground.showLog'),
  };
}

function execute(command: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(command, ...args);
}

function notSaved(name: string, error: unknown): PlaygroundError {
  return fileFailure('run-not-saved', vscode.l10n.t('“{0}” could not be saved', name), error);
}
