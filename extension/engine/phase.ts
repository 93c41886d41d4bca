/**
 * @file Which commands can work in which state of the engine, and what is missing where they
 * cannot.
 */
import * as vscode from 'vscode';
import type { Failure } from '../../webview/config/errors';
import type { EngineState } from '../../webview/protocol/engineApi';
import { Refusal } from '../refusal';

export type Phase = EngineState['phase'];

/** What a user asks of a run that is loaded. */
export type Control = 'pause' | 'resume' | 'step' | 'stop' | 'save';

const allowed: Readonly<Record<Control, readonly Phase[]>> = {
  pause: ['training'],
  resume: ['paused'],
  step: ['paused'],
  stop: ['loading', 'training', 'paused'],
  save: ['training', 'paused'],
};

/** Whether a run holds the engine. */
export function isBusy(phase: Phase): boolean {
  return phase === 'loading' || phase === 'training' || phase === 'paused';
}

/** Whether `control` can work now. */
export function allows(control: Control, phase: Phase): boolean {
  return allowed[control].includes(phase);
}

/** Throws a `Refusal` that says what is missing if `control` cannot work now. */
export function requirePhase(control: Control, phase: Phase): void {
  if (!allows(control, phase)) throw new Refusal(missing(control, phase));
}

function missing(control: Control, phase: Phase): Failure {
  const code = `cannot-${control}`;
  switch (phase) {
    case 'idle':
    case 'failed':
      return {
        code,
        message: vscode.l10n.t('No run is being trained.'),
        remedy: vscode.l10n.t(
          'Start one with “Transformer: Train Tiny Model”, or use “Resume Last Run”.',
        ),
      };
    case 'loading':
      return {
        code,
        message: vscode.l10n.t('The run is still being loaded.'),
        remedy: vscode.l10n.t('Try again in a moment.'),
      };
    case 'training':
      return {
        code,
        message: vscode.l10n.t('The run is being trained already.'),
        remedy: vscode.l10n.t('Use “Transformer: Pause Training” first.'),
      };
    case 'paused':
      return {
        code,
        message: vscode.l10n.t('The run is paused already.'),
        remedy: vscode.l10n.t('Use “Transformer: Resume Training” to go on.'),
      };
  }
}
