/**
 * @file Brings a run into the engine: announced before anything is awaited, stopped wherever it
 * stands, and over without a word when the page it was meant for is gone. Knows nothing of what
 * becomes of the run later.
 */
import type { PlaygroundError } from '../../webview/config/errors';
import type { EngineState, StartRun } from '../../webview/protocol/engineApi';
import { isPlaygroundError, toPlaygroundError } from '../../webview/protocol/errors';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';
import type { RunState } from '../runs/runRecord';
import { backendSetting } from '../settings';
import type { ActiveRun } from './activeRun';
import { Loading } from './loading';
import { playgroundView } from './view';

/** Whose engine is loaded. */
export interface LoaderHost {
  readonly state: () => EngineState;
  readonly become: (state: EngineState) => void;
  /** Lets go of a run. */
  readonly end: (run: ActiveRun, state: RunState) => Promise<void>;
  /** Lets go of a run that the engine has said to have failed, and tells so. */
  readonly fail: (run: ActiveRun, error: PlaygroundError) => Promise<void>;
  /** Logs what needs no message. */
  readonly report: (error: unknown) => void;
}

/** How a run starts in the engine. */
export interface RunStart {
  readonly paused: boolean;
  /** Aborted when the user stops the load. */
  readonly signal: AbortSignal;
  readonly checkpoint?: ArrayBuffer;
}

export class RunLoader {
  private readonly host: LoaderHost;
  /** Counts starts and closings, so that a start whose engine is gone is recognized. */
  private life = 0;
  /** The newest load, over or not. */
  private loading: Loading | undefined;
  private starting = false;

  constructor(host: LoaderHost) {
    this.host = host;
  }

  /** The run that is being loaded, or was last. */
  get name(): string {
    return this.loading?.name ?? '';
  }

  /** The engine is loading a run: whoever asked for it tells its failure. */
  get isStarting(): boolean {
    return this.starting;
  }

  /**
   * Announces a run before anything is awaited, so that no command meanwhile takes the engine to be
   * free. A load that starts nothing leaves it free.
   */
  async load(name: string, load: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const loading = new Loading(name);
    this.loading = loading;
    const announced: EngineState = { phase: 'loading', runId: '', activity: '' };
    this.host.become(announced);
    await loading.run(async (signal) => {
      try {
        await load(signal);
        if (this.host.state() === announced) this.becomeIdle();
      } catch (error) {
        if (this.loading === loading) this.becomeIdle();
        // The user has stopped it, or closed its page.
        if (!(signal.aborted && isPlaygroundError(error, 'cancelled'))) throw error;
      }
    });
  }

  /**
   * Hands a run to the engine. Rejects with what went wrong on the way there; what fails in the
   * engine is its own news.
   */
  async start(endpoint: PlaygroundEndpoint, run: ActiveRun, how: RunStart): Promise<void> {
    const life = (this.life += 1);
    this.host.become({ phase: 'loading', runId: run.id, activity: run.name });
    endpoint.emit('view', playgroundView({ run, history: run.history }));
    this.starting = true;
    try {
      await run.loaded(await endpoint.request('start', startOf(run, how), { signal: how.signal }));
    } catch (error) {
      const superseded = this.life !== life || isPlaygroundError(error, 'peer-restarted');
      if (superseded || isPlaygroundError(error, 'disposed')) return;
      if (!isPlaygroundError(error, 'cancelled')) {
        await this.failed(run, error);
        return;
      }
      // The engine may have been faster, and train already.
      if (how.signal.aborted) await this.stopTraining(endpoint);
      if (run.isLive) await this.host.end(run, 'stopped');
      this.becomeIdle();
    } finally {
      if (this.life === life) this.starting = false;
    }
  }

  /** Stops what is being loaded; resolves when nothing of it goes on. */
  async stop(): Promise<void> {
    await this.loading?.stop();
  }

  /** The page is gone, and what was being loaded into it. */
  abandon(): void {
    this.life += 1;
    void this.stop();
  }

  private async failed(run: ActiveRun, error: unknown): Promise<void> {
    if (this.host.state().phase === 'failed') {
      await this.host.fail(run, toPlaygroundError(error));
      return;
    }
    await this.host.end(run, 'failed');
    throw error;
  }

  private becomeIdle(): void {
    if (this.host.state().phase === 'loading') this.host.become({ phase: 'idle' });
  }

  /** Stops what the engine trains, if there is anything. */
  private async stopTraining(endpoint: PlaygroundEndpoint): Promise<void> {
    try {
      await endpoint.request('stop', null);
    } catch (error) {
      const nothing = isPlaygroundError(error, 'no-run') || isPlaygroundError(error, 'disposed');
      if (!nothing) this.host.report(error);
    }
  }
}

function startOf(run: ActiveRun, { paused, checkpoint }: RunStart): StartRun {
  const { record, config } = run.stored;
  const recordedBackend = record.facts?.backend;
  const moments = run.takeSeen();
  return {
    runId: run.id,
    config,
    backend: backendSetting(),
    paused,
    ...(run.text === undefined ? {} : { text: run.text }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    ...(recordedBackend === undefined ? {} : { recordedBackend }),
    ...(moments.length === 0 ? {} : { moments }),
  };
}
