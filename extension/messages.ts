/**
 * @file How the host speaks to the user: messages with their remedy, the log, and the last errors
 * for diagnostics.
 */
import * as vscode from 'vscode';
import { failureOf, type Failure } from '../webview/config/errors';
import { isPlaygroundError } from '../webview/protocol/errors';
import { literalText } from './literalText';
import { Refusal } from './refusal';

/** Something a message offers. */
export interface Offer {
  readonly label: string;
  readonly run: () => unknown;
}

/** The last errors that diagnostics hold. */
const remembered = 20;

/** Shows messages without waiting for the user, logs them, and keeps the last errors. */
export class Messages {
  private readonly log: vscode.LogOutputChannel;
  private readonly failures: Failure[] = [];

  constructor(log: vscode.LogOutputChannel) {
    this.log = log;
  }

  /** The oldest first. */
  get lastFailures(): readonly Failure[] {
    return this.failures;
  }

  /** For the log alone. */
  logged(text: string): void {
    this.log.info(text);
  }

  information(text: string, ...offers: Offer[]): void {
    this.log.info(text);
    const shown = vscode.window.showInformationMessage(literalText(text), ...labels(offers));
    this.follow(shown, offers);
  }

  warning(text: string, ...offers: Offer[]): void {
    this.log.warn(text);
    const shown = vscode.window.showWarningMessage(literalText(text), ...labels(offers));
    this.follow(shown, offers);
  }

  /** Says what happened and what to do. */
  failure(thrown: unknown, ...offers: Offer[]): void {
    if (thrown instanceof Refusal) {
      this.warning(`${thrown.message} ${thrown.remedy}`, ...offers);
      return;
    }
    const { message, remedy } = this.remember(thrown);
    const all: Offer[] = [
      ...offers,
      { label: vscode.l10n.t('Show Log'), run: command('transformerPlayground.showLog') },
      {
        label: vscode.l10n.t('Copy Diagnostics'),
        run: command('transformerPlayground.copyDiagnostics'),
      },
    ];
    const text = literalText(`${message} ${remedy}`);
    this.follow(vscode.window.showErrorMessage(text, ...labels(all)), all);
  }

  /** Logs what the user need not be told now, and keeps it for diagnostics. */
  remember(thrown: unknown): Failure {
    const failure = failureOf(thrown);
    this.failures.push(failure);
    if (this.failures.length > remembered) this.failures.shift();
    this.log.error(`${failure.code}: ${failure.message} ${failure.remedy}${stackOf(thrown)}`);
    return failure;
  }

  /**
   * Runs what nobody waits for, and reports its failure. What was asked of a page that the user has
   * closed meanwhile is only logged: what became of the run is told by itself.
   */
  async attempt(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isPlaygroundError(error, 'disposed')) this.log.info(error.message);
      else this.failure(error);
    }
  }

  private follow(shown: Thenable<string | undefined>, offers: readonly Offer[]): void {
    void this.attempt(async () => {
      const label = await shown;
      await offers.find((offer) => offer.label === label)?.run();
    });
  }
}

/** Where it was thrown, and where what caused it was. */
function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? `\n${thrown.stack ?? ''}${stackOf(thrown.cause)}` : '';
}

function labels(offers: readonly Offer[]): string[] {
  return offers.map(({ label }) => label);
}

function command(id: string): () => Thenable<unknown> {
  return () => vscode.commands.executeCommand(id);
}
