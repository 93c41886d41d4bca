/**
 * @file The status bar item while a run is in the engine: step, loss, time left, at most once a
 * second.
 */
import * as vscode from 'vscode';
import { formatDuration } from '../../webview/formats/duration';
import { timeLeft } from '../../webview/formats/timeLeft';
import { formatCount } from '../../webview/config/counts';
import { Disposable } from '../lifetime';
import { literalText } from '../literalText';
import type { ActiveRun } from './activeRun';
import type { Engine } from './engine';

const intervalMs = 1000;

export class StatusBar extends Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly engine: Engine;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private drawnAt = 0;

  constructor(engine: Engine) {
    super();
    this.engine = engine;
    this.item = this.register(
      vscode.window.createStatusBarItem(
        'transformerPlayground.training',
        vscode.StatusBarAlignment.Left,
      ),
    );
    this.item.name = vscode.l10n.t('Transformer Training');
    this.item.command = 'transformerPlayground.openPlayground';
    this.register(
      engine.onDidChange(() => {
        this.schedule();
      }),
    );
    this.register(
      engine.onDidProgress(() => {
        this.schedule();
      }),
    );
    this.register({
      dispose: () => {
        clearTimeout(this.timer);
      },
    });
  }

  private schedule(): void {
    if (!this.engine.isBusy) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.item.hide();
      return;
    }
    if (this.timer !== undefined) return;
    const wait = Math.max(0, this.drawnAt + intervalMs - Date.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.drawnAt = Date.now();
      this.draw();
    }, wait);
  }

  private draw(): void {
    const { icon, text, label } = describe(this.engine);
    this.item.text = `$(${icon}) ${literalText(text)}`;
    this.item.tooltip = vscode.l10n.t('{0}. Click to open the playground.', label);
    this.item.accessibilityInformation = { label, role: 'button' };
    this.item.show();
  }
}

interface Description {
  readonly icon: string;
  readonly text: string;
  readonly label: string;
}

function describe({ run, runName, state }: Engine): Description {
  if (run === undefined || state.phase === 'loading') {
    const label = vscode.l10n.t('Loading “{0}”', runName);
    return { icon: 'loading~spin', text: label, label };
  }
  return describeRun(run, state.phase === 'paused');
}

function describeRun(run: ActiveRun, isPaused: boolean): Description {
  const { training } = run.stored.config;
  const step = vscode.l10n.t('step {0} of {1}', formatCount(run.step), formatCount(training.steps));
  const loss = run.metrics.findLast((point) => point.loss !== undefined)?.loss;
  const lossText = loss === undefined ? [] : [vscode.l10n.t('loss {0}', loss.toFixed(2))];
  if (isPaused) {
    const text = [vscode.l10n.t('paused'), step, ...lossText].join(', ');
    return { icon: 'debug-pause', text, label: `${run.name}: ${text}` };
  }
  const left = timeLeft(run.metrics, training, run.loadedAt);
  const leftText = left === undefined ? [] : [vscode.l10n.t('{0} left', formatDuration(left))];
  const text = [step, ...lossText, ...leftText].join(', ');
  return { icon: 'pulse', text, label: vscode.l10n.t('Training {0}: {1}', run.name, text) };
}
