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
 * 'no', and `transformerPlayground.hasSeveralRuns` too. Until the extension is active none is set:
 * the manifest asks `hasRuns != no`, so that a run of yesterday can be resumed at once.
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
    this.register(
      engine.onNews(({ kind }) => {
        // What ended is on disk.
        if (kind === 'ended' || kind === 'failed' || kind === 'closed') void this.refreshRuns();
      }),
    );
    this.register(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        // Another window may have saved a run.
        if (focused) void this.refreshRuns();
      }),
    );
    this.setPhase(engine.state.phase);
  }

  /** Looks for runs on disk. */
  async refreshRuns(): Promise<void> {
    const { runs, damaged } = await this.store.survey();
    // Of a damaged run the command says what is wrong with it.
    const known = damaged.length + runs.filter((run) => run.canContinue).length;
    await setKey('hasRuns', known > 0 ? 'yes' : 'no');
    await setKey('hasSeveralRuns', known > 1 ? 'yes' : 'no');
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
