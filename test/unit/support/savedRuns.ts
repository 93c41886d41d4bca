/**
 * @file A window's session over runs on the disk in memory, with an engine that notes what it is
 * to continue. The test mocks `vscode`: this file needs the session under it.
 */
import type { Engine } from '../../../extension/engine/engine';
import { Session } from '../../../extension/engine/session';
import type { Messages } from '../../../extension/messages';
import type { Playground } from '../../../extension/playground/playground';
import { RunStore } from '../../../extension/runs/runStore';
import type { StoredRun } from '../../../extension/runs/storedRun';
import type { TextSource } from '../../../extension/datasets/decodeText';
import type { RunConfig } from '../../../webview/config/run';
import { defaultPreset } from '../../../webview/config/presets';
import type { PlaygroundView } from '../../../webview/protocol/playgroundApi';
import { at } from './disk';
import { wholeCheckpoint } from './wholeCheckpoint';

/** One window on the disk. */
export class WindowOnDisk {
  readonly store: RunStore;
  readonly session: Session;
  /** What the user was told, as it reads. */
  readonly told: string[] = [];
  /** Ids of the runs that the engine was to continue. */
  readonly continued: string[] = [];
  /** What the engine was to train. */
  readonly begun: { config: RunConfig; text: TextSource | undefined }[] = [];
  /** The views sent to the page. */
  readonly shown: Promise<PlaygroundView>[] = [];
  readonly engine: { isBusy: boolean; run: StoredRun | undefined } & Record<string, unknown>;

  constructor(name: string) {
    const tell = (text: string): void => void this.told.push(text);
    const messages = {
      information: tell,
      warning: tell,
      remember: () => undefined,
      logged: () => undefined,
    } as unknown as Messages;
    const context = { storageUri: undefined, globalStorageUri: at('/global') };
    this.store = new RunStore(context as never, messages, name);
    this.engine = {
      isBusy: false,
      run: undefined,
      settled: () => Promise.resolve(),
      onNews: () => ({ dispose: () => undefined }),
      onDidChange: () => ({ dispose: () => undefined }),
      continue: ({ stored }: { stored: StoredRun }) => void this.continued.push(stored.id),
      begin: (config: RunConfig, text: TextSource | undefined) =>
        void this.begun.push({ config, text }),
    };
    const endpoint = {
      latest: (_name: string, view: () => Promise<PlaygroundView>) => this.shown.push(view()),
    };
    const playground = { endpoint, open: () => Promise.resolve(endpoint) };
    this.session = new Session(
      playground as unknown as Playground,
      this.engine as unknown as Engine,
      this.store,
      messages,
    );
  }

  /** A run of this window's that was stopped at a step. */
  async save(name: string, step: number, checkpoint = wholeCheckpoint(step)): Promise<StoredRun> {
    const run = await this.store.create({ ...defaultPreset.config, name }, undefined);
    const nothing = { metrics: [], samples: [] };
    await run.store({ runId: run.id, step, reason: 'stop', checkpoint, ...nothing });
    return run;
  }

  /** Trains a run from now on, as far as others see: its heart beats. Returns how to end that. */
  async train(run: StoredRun): Promise<() => Promise<void>> {
    const ownership = this.store.ownership(run);
    await ownership.claim();
    const heart = setInterval(() => void ownership.claim(), 500);
    return async () => {
      clearInterval(heart);
      await ownership.release();
    };
  }
}
