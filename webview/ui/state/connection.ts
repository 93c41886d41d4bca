/**
 * @file The page between host and engine: passes the host's requests on to the worker and the
 * worker's events on to the host, keeps the page's own state from both, and offers the user's
 * actions.
 */
import { effect, type ReadonlySignal } from '@preact/signals';
import { failureOf, type PlaygroundError } from '../../config/errors';
import { outOfMemoryCode } from '../../config/memory';
import type { ModelConfig } from '../../config/model';
import type { RunConfig } from '../../config/run';
import type { SamplingConfig } from '../../config/sampling';
import type { Handler, Params, RequestName, Result } from '../../protocol/contract';
import { Endpoint } from '../../protocol/endpoint';
import { protocolVersion, snapshotNotStored, type EngineApi } from '../../protocol/engineApi';
import { isPlaygroundError, toPlaygroundError } from '../../protocol/errors';
import type { HostApi, PageCommand, PlaygroundPageApi } from '../../protocol/playgroundApi';
import { pagePort } from '../../protocol/port';
import type { Selection } from '../../protocol/selection';
import { announce } from './announce';
import { EngineConnection, type EngineEndpoint } from './engineConnection';
import type { Reading } from './formValues';
import { hostFeed, type HostFeed } from './hostFeed';
import { hostSilentCode, HostWatch } from './hostWatch';
import type { PlaygroundState } from './playgroundState';
import { SnapshotOutbox } from './snapshotOutbox';
import { stoppableEngine, type StoppableEngine } from './stoppableEngine';
import { tellConfigured } from './tellConfigured';
import type { PageApi } from './vscodeApi';

type HostEndpoint = Endpoint<PlaygroundPageApi, HostApi>;

/** A request to the host that ends also where the host is gone: see `HostWatch`. */
type AskHost = <K extends RequestName<HostApi>>(
  name: K,
  params: Params<HostApi, K>,
  signal?: AbortSignal,
) => Promise<Result<HostApi, K>>;

/** The ways to the host. */
interface Upstream {
  readonly host: HostEndpoint;
  readonly feed: HostFeed;
  readonly snapshots: SnapshotOutbox;
}

/** What the user can do on the page. None of them rejects: what fails shows as `state.problem`. */
export interface PlaygroundActions {
  readonly train: (config: RunConfig) => void;
  readonly chooseText: () => void;
  readonly resumeRun: (runId: string) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly step: () => void;
  readonly stop: () => void;
  /** Selects a place wherever it is shown, or nothing. */
  readonly select: (selection: Selection | undefined) => void;
  readonly runCommand: (command: PageCommand) => void;
  readonly copy: (text: string, onCopied?: () => void) => void;
  readonly generate: (prompt: string, sampling: SamplingConfig) => void;
  readonly stopGenerating: () => void;
}

/** What the page connects with. */
export interface ConnectOptions {
  readonly state: PlaygroundState;
  /** The configuration that stands in the form. */
  readonly configured: ReadonlySignal<Reading<RunConfig>>;
  readonly api: PageApi;
  /** Where the extension's built files are. */
  readonly dist: string;
}

/** Connects the page. The engine starts at once, so that it is warm when the first run comes. */
export function connect({ state, configured, api, dist }: ConnectOptions): PlaygroundActions {
  const report = (error: PlaygroundError): void => {
    logTo(ask, error);
  };
  const host: HostEndpoint = new Endpoint(pagePort(api, window), {
    name: 'playground',
    protocolVersion,
    onError: report,
  });
  const watch = new HostWatch({
    ping: () => host.request('ping', null),
    onAnswersAgain: () => {
      if (state.problem.value?.code === hostSilentCode) state.problem.value = undefined;
    },
  });
  const ask: AskHost = (name, params, signal) =>
    watch.ask((given) => host.request(name, params, { signal: given }), signal);
  const feed = hostFeed({
    state: (payload) => {
      host.emit('state', payload);
    },
    metrics: (payload) => {
      host.emit('metrics', payload);
    },
  });
  const snapshots = new SnapshotOutbox({
    send: (snapshot, signal) => host.request('storeSnapshot', snapshot, { signal }),
    watch,
    onStored: () => {
      state.dismissNotice(snapshotNotStored);
    },
    tell: feed.state,
  });
  const engine = new EngineConnection({
    dist,
    storeSnapshot: (snapshot, { signal }) => snapshots.store(snapshot, signal),
    onStarted: (endpoint) => {
      listenTo(endpoint, { host, feed, snapshots }, state);
      endpoint.on('state', (now) => {
        const outOfMemory = now.phase === 'failed' && now.failure.code === outOfMemoryCode;
        if (outOfMemory) void engine.retire();
      });
    },
    onLost: (failure) => {
      feed.state(state.applyLoss(failure));
    },
    onError: report,
  });
  const asked = stoppableEngine(engine, {
    state: state.engine,
    points: () => state.history.points.value,
    onEnded: () => {
      state.applyEngine({ phase: 'idle' });
      feed.state({ phase: 'idle' });
    },
  });
  serveHost(host, asked, snapshots, state);
  listenToHost(host, ask, engine, state);
  const tellModel = (model: ModelConfig): void => {
    ask('configured', { model }).catch((error: unknown) => {
      report(toPlaygroundError(error));
    });
  };
  let endTelling = (): void => undefined;
  // Told anew to every host.
  host.onReady(() => {
    endTelling();
    endTelling = tellConfigured(configured, tellModel);
  });
  engine.warmUp();
  return actionsOf(ask, asked, state);
}

/** The host speaks to the engine as if it were next door. */
function serveHost(
  host: HostEndpoint,
  engine: StoppableEngine,
  snapshots: SnapshotOutbox,
  state: PlaygroundState,
): void {
  const pass =
    <K extends RequestName<EngineApi>>(name: K): Handler<EngineApi, K> =>
    (params, { signal, progress }) =>
      engine.request(name, params, {
        signal,
        onProgress: ({ phase, done, total }) => {
          if (phase === 'working') progress(done, total);
        },
      });
  const start = pass('start');
  host.serve({
    start: async (params, context) => {
      const notStarted = state.applyStart(params);
      try {
        return await start(params, context);
      } finally {
        notStarted();
      }
    },
    pause: pass('pause'),
    resume: pass('resume'),
    step: pass('step'),
    stop: async () => {
      const stopped = await engine.stop();
      await snapshots.settled();
      return stopped;
    },
    snapshot: pass('snapshot'),
    generate: pass('generate'),
    nextToken: pass('nextToken'),
    tokenize: pass('tokenize'),
    diagnostics: pass('diagnostics'),
    describe: pass('describe'),
    watch: pass('watch'),
    attention: pass('attention'),
    headRoles: pass('headRoles'),
    follow: pass('follow'),
    whatIf: pass('whatIf'),
    logitLens: pass('logitLens'),
    circuit: pass('circuit'),
    moments: pass('moments'),
    moment: pass('moment'),
  });
}

function listenTo(
  endpoint: EngineEndpoint,
  { host, feed, snapshots }: Upstream,
  state: PlaygroundState,
): void {
  endpoint.on('state', (payload) => {
    state.applyEngine(payload);
    snapshots.tell(payload);
  });
  endpoint.on('facts', (payload) => {
    state.applyFacts(payload);
    host.emit('facts', payload);
  });
  endpoint.on('metrics', (payload) => {
    state.applyMetrics(payload);
    feed.metrics(payload);
  });
  endpoint.on('sample', (payload) => {
    state.history.addSample(payload.sample);
    host.emit('sample', payload);
  });
  endpoint.on('generated', (payload) => {
    state.applyGenerated(payload);
    host.emit('generated', payload);
  });
  endpoint.on('looked', (payload) => {
    host.emit('looked', payload);
  });
  endpoint.on('moment', (payload) => {
    state.history.addGained(payload.gained);
    host.emit('moment', payload);
  });
  endpoint.on('notice', (payload) => {
    state.applyNotice(payload);
    host.emit('notice', payload);
  });
}

function listenToHost(
  host: HostEndpoint,
  ask: AskHost,
  engine: EngineConnection,
  state: PlaygroundState,
): void {
  let hostSees = true;
  const look = (): void => {
    state.visible.value = hostSees && document.visibilityState === 'visible';
  };
  document.addEventListener('visibilitychange', look);
  host.on('visibility', ({ visible }) => {
    hostSees = visible;
    look();
  });
  look();
  effect(() => {
    void engine.setVisible(state.visible.value);
  });
  host.on('stored', ({ runId }) => {
    if (state.facts.value?.runId === runId) state.dismissNotice(snapshotNotStored);
  });
  host.on('selected', (selected) => {
    state.selected.value = selected ?? undefined;
  });
  host.on('showSelected', () => {
    state.reveal.value = 'focus';
  });
  host.on('view', (view) => {
    state.applyView(view);
  });
  // Asked again of every host: the extension host may be restarted under a living page.
  host.onReady(() => {
    ask('hello', null).then(
      (view) => {
        state.applyView(view);
      },
      (error: unknown) => {
        state.problem.value = failureOf(error);
      },
    );
  });
}

function actionsOf(
  ask: AskHost,
  engine: StoppableEngine,
  state: PlaygroundState,
): PlaygroundActions {
  const attempt = (request: () => Promise<unknown>): void => {
    state.problem.value = undefined;
    request().catch((error: unknown) => {
      if (!isPlaygroundError(error, 'cancelled')) state.problem.value = failureOf(error);
    });
  };
  let generating: AbortController | undefined;
  return {
    train: (config) => {
      attempt(() => ask('train', { config }));
    },
    chooseText: () => {
      attempt(() => ask('chooseText', null));
    },
    resumeRun: (runId) => {
      attempt(() => ask('resumeRun', { runId }));
    },
    pause: () => {
      attempt(() => engine.request('pause', null));
    },
    resume: () => {
      attempt(() => engine.request('resume', null));
    },
    step: () => {
      attempt(() => engine.request('step', null));
    },
    stop: () => {
      attempt(() => engine.stop());
    },
    select: (selection) => {
      attempt(async () => {
        await ask('select', { ...(selection && { selection }) });
        if (selection !== undefined) state.reveal.value = 'sight';
        announce(state.announcement, selection === undefined ? 'Nothing is selected' : 'Selected');
      });
    },
    runCommand: (command) => {
      attempt(() => ask('runCommand', { command }));
    },
    copy: (text, onCopied) => {
      attempt(async () => {
        await ask('copyText', { text });
        announce(state.announcement, 'Copied');
        onCopied?.();
      });
    },
    generate: (prompt, sampling) => {
      generating?.abort();
      generating = new AbortController();
      void generate(engine, state, { prompt, sampling, signal: generating.signal });
    },
    stopGenerating: () => {
      generating?.abort();
    },
  };
}

interface Prompt {
  readonly prompt: string;
  readonly sampling: SamplingConfig;
  readonly signal: AbortSignal;
}

/** Never rejects: what fails stands beside the prompt. */
async function generate(
  engine: StoppableEngine,
  state: PlaygroundState,
  { prompt, sampling, signal }: Prompt,
): Promise<void> {
  const id = crypto.randomUUID();
  state.generation.value = { phase: 'writing', id, prompt, text: '' };
  const soFar = (): { readonly prompt: string; readonly text: string } | undefined => {
    const now = state.generation.value;
    return now.phase === 'writing' && now.id === id ? now : undefined;
  };
  try {
    const result = await engine.request('generate', { id, prompt, sampling }, { signal });
    const written = soFar();
    if (written === undefined) return;
    const { text } = result;
    state.generation.value = { phase: 'done', prompt: written.prompt, text, result };
    announce(state.announcement, 'The text is written');
  } catch (error) {
    const written = soFar();
    if (written === undefined) return;
    const { prompt, text } = written;
    state.generation.value = signal.aborted
      ? { phase: 'stopped', prompt, text }
      : { phase: 'failed', prompt, text, failure: failureOf(error) };
  }
}

/** Characters of a log entry that the host takes. */
const longestLine = 10_000;

function logTo(ask: AskHost, error: PlaygroundError): void {
  const message = `${error.code}: ${error.message}\n${error.stack ?? ''}`.slice(0, longestLine);
  ask('log', { level: 'error', message }).catch(() => {
    // The host is gone: nobody is left to tell.
  });
}
