/**
 * @file The context keys that menus and the Command Palette ask: what can work is enabled, the rest
 * is not.
 */
import * as vscode from 'vscode';
import { Disposable } from '../lifetime';
import type { RunStore } from '../runs/runStore';
import type { Engine } from './engine';

/**
 * `transformerPlayground.phase` is the engine's phase; `transformerPlayground.hasRuns` is 'yes' or
 * 'no'. Until the extension is active neither is set: the manifest asks `hasRuns != no`, so that a
 * run of yesterday can be resumed at once.
 */
export class ContextKeys extends Disposable {
  private readonly store: RunStore;
  private phase = '';

  constructor(engine: Engine, store: RunStore) {
    super();
    this.store = store;
    this.register(
      engine.onDidChange(({ phase }) => {
        this.setPhase(phase);
      }),
    );
    this.setPhase(engine.state.phase);
  }

  /** Looks for runs on disk. */
  async refreshRuns(): Promise<void> {
    const { runs, damaged } = await this.store.survey();
    // Of a damaged run the command says what is wrong with it.
    const any = damaged.length > 0 || runs.some((run) => run.canContinue);
    await setKey('hasRuns', any ? 'yes' : 'no');
  }

  private setPhase(phase: string): void {
    if (phase === this.phase) return;
    this.phase = phase;
    void setKey('phase', phase);
    if (phase === 'training') void setKey('hasRuns', 'yes');
  }
}

function setKey(name: string, value: string): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', `transformerPlayground.${name}`, value);
}
