/**
 * @file The worker's entry: joins the session to its page. The model is loaded beside it, as a
 * script of its own.
 */
import { readRunConfig } from '../config/run';
import { Endpoint } from '../protocol/endpoint';
import {
  protocolVersion,
  type EngineApi,
  type PageForEngineApi,
  type Snapshot,
} from '../protocol/engineApi';
import { messagePort } from '../protocol/port';
import { diagnose } from './diagnostics';
import { describeRun } from './describeRun';
import { Inspector } from './inspector';
import { MomentKeeper } from './moments';
import { PacedLooks } from './pacedLooks';
import { Session } from './session';
import { tokenizedBy } from './tokenizedBy';
import { Watcher } from './watcher';

const endpoint = new Endpoint<EngineApi, PageForEngineApi>(messagePort(globalThis), {
  name: 'engine',
  protocolVersion,
  onError: (error) => {
    session.report(error);
  },
});

const session: Session = new Session({
  asset: (name) => endpoint.request('asset', { name }),
  emit: (name, payload) => {
    endpoint.emit(name, payload);
    if (name === 'state') stateChanged();
  },
  observed: (run, observation) => moments.observed(run, observation),
  storeSnapshot: async (snapshot) => {
    await endpoint.request('storeSnapshot', snapshot, { transfer: filesOf(snapshot) });
  },
});

const looks: PacedLooks = new PacedLooks(session);

const inspector = new Inspector(session, looks);

const watcher: Watcher = new Watcher(session, looks, (seen) => {
  endpoint.emit('looked', seen);
});

const moments: MomentKeeper = new MomentKeeper({
  run: () => session.run,
  looks,
  tell: (summary) => {
    endpoint.emit('moment', summary);
  },
  report: (error) => {
    session.report(error);
  },
});

function stateChanged(): void {
  looks.wake();
  watcher.lookSoon();
}

endpoint.on('visibility', ({ visible }) => {
  if (!visible) session.hidden();
});

endpoint.serve({
  start: (params, { signal }) =>
    session.start({ ...params, config: readRunConfig(params.config) }, signal),
  pause: () => session.pause(),
  resume: () => session.resume(),
  step: () => session.step(),
  stop: () => session.stop(),
  snapshot: async ({ reason }, { transfer }) => {
    const snapshot = await session.snapshot(reason);
    transfer(...filesOf(snapshot));
    return snapshot;
  },
  generate: (params, { signal }) =>
    session.generate(params, signal, (piece) => {
      endpoint.emit('generated', piece);
    }),
  diagnostics: () => diagnose(session),
  describe: () => describeRun(session),
  watch: (watch) => {
    watcher.watch(watch);
    return null;
  },
  attention: async (request, { signal, transfer }) => {
    const seen = await inspector.attention(request, signal);
    transfer(...buffersOf([...seen.thumbnails, ...seen.patterns]));
    return seen;
  },
  headRoles: (request, { signal }) => inspector.headRoles(request, signal),
  follow: (request, { signal }) => inspector.follow(request, signal),
  whatIf: (request, { signal }) => inspector.whatIf(request, signal),
  logitLens: (request, { signal }) => inspector.logitLens(request, signal),
  circuit: (request, { signal }) => inspector.circuit(request, signal),
  nextToken: (request, { signal }) => inspector.nextToken(request, signal),
  tokenize: ({ text }) => tokenizedBy(session, text),
  moments: () => moments.moments(),
  moment: (request) => moments.moment(request),
});

/** The files of a snapshot, which are given away with it. */
function filesOf({ checkpoint, moments: seen }: Snapshot): ArrayBuffer[] {
  return seen === undefined ? [checkpoint] : [checkpoint, seen];
}

/** What typed arrays of their own memory hold. */
function buffersOf(arrays: readonly (Float32Array | Uint8Array)[]): ArrayBuffer[] {
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}

globalThis.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  session.fail(event.reason);
});
