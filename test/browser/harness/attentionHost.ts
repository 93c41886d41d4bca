/**
 * @file A host in the attention page itself, with a model of its own making: it stands where VS
 * Code, the extension and the engine are, behind the real endpoint.
 */
import { PlaygroundError } from '../../../webview/config/errors';
import type {
  AttentionHostApi,
  AttentionPageApi,
  AttentionView,
} from '../../../webview/protocol/attentionApi';
import type { LookedText, ModelText } from '../../../webview/protocol/attentionMaps';
import { Endpoint } from '../../../webview/protocol/endpoint';
import { protocolVersion } from '../../../webview/protocol/engineApi';
import type { Selection } from '../../../webview/protocol/selection';
import { FakeDepths } from './fakeDepths';
import { FakeModel } from './fakeModel';
import { measureDrawing, type DrawingTimes } from './measureDrawing';

/** What the tests read and steer. */
export interface AttentionHarness {
  /** Requests of the page in order: name and params. */
  readonly asked: { readonly name: string; readonly params: unknown }[];
  readonly violations: string[];
  setVisible(visible: boolean): void;
  /** A place was selected elsewhere. */
  select(selection: Selection): void;
  /** The run in training makes some steps. */
  advance(steps: number): void;
  pause(): void;
  /** The run and its engine are gone. */
  lose(): void;
  /** The model writes a text. */
  write(text: string): void;
  /** Another view sends a text here, perhaps with a place of the model selected. */
  give(text: string, path?: string): void;
  /** From now on the engine fails. */
  fail(): void;
  /** A token that is followed is answered once the function is called. */
  holdFollow(): () => void;
  /** The run in training is evaluated at its step: a moment is kept. */
  evaluate(): void;
  measure(heads: number, cells: number, tokens: number): DrawingTimes;
  /** Text of the file that was saved last, or its first bytes. */
  saved(): { readonly name: string; readonly head: string; readonly bytes: number } | undefined;
}

declare global {
  interface Window {
    attention: AttentionHarness;
  }
}

const query = new URLSearchParams(location.search);
const scenario = query.get('scenario') ?? 'paused';
const shape = {
  layers: Number(query.get('layers') ?? '2'),
  heads: Number(query.get('heads') ?? '4'),
  context: Number(query.get('context') ?? '32'),
  causal: query.get('mask') !== 'none',
};
const model = new FakeModel(shape);
const depths = new FakeDepths(model, shape, Number(query.get('vocabulary') ?? '27'));
const listeners = new Set<(message: unknown) => void>();
const asked: AttentionHarness['asked'] = [];
const violations: string[] = [];
let saved: ReturnType<AttentionHarness['saved']>;
let followed = Promise.resolve();
let failing = scenario === 'failing';
let view: AttentionView = firstView();

/** As the model would have written it. */
function modelText(prompt: string, written: string): ModelText {
  const after = Int32Array.from(model.ids({ from: 'text', text: written }));
  return { from: 'model', prompt, after };
}

function firstView(): AttentionView {
  const run = { runId: 'r1', name: 'Small stories', step: 480 };
  switch (scenario) {
    case 'empty':
      return { phase: 'idle' };
    case 'loading':
      return { phase: 'loading' };
    case 'training':
      return {
        phase: 'training',
        run,
        written: { number: 1, text: modelText('the dog runs. ', 'ann has the ball.') },
      };
    default:
      return { phase: 'paused', run };
  }
}

document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});

const stateKey = 'vscode-state';

window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => {
    const copy: unknown = structuredClone(message);
    setTimeout(() => {
      for (const listener of listeners) listener(copy);
    });
  },
  getState: (): unknown => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null'),
  setState: (state: unknown) => {
    sessionStorage.setItem(stateKey, JSON.stringify(state));
  },
});

const page = new Endpoint<AttentionHostApi, AttentionPageApi>(
  {
    post: (message) => {
      const copy: unknown = structuredClone(message);
      setTimeout(() => {
        window.dispatchEvent(new MessageEvent('message', { data: copy }));
      });
    },
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  },
  {
    name: 'host',
    protocolVersion,
    onError: (error) => {
      throw error;
    },
  },
);

function note(name: string, params: unknown): null {
  asked.push({ name, params });
  return null;
}

function show(change: Partial<AttentionView>): void {
  view = { ...view, ...change };
  page.emit('view', view);
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

function idsOf(of: LookedText): readonly number[] {
  const unknown = of.from === 'text' ? /[äé]/.exec(of.text)?.[0] : undefined;
  if (failing || unknown !== undefined) {
    throw new PlaygroundError({
      code: 'unknown-character',
      message: `“${unknown ?? 'é'}” does not occur in the text this model learned from.`,
      remedy: 'Use the letters a to z, space, comma, full stop and question mark.',
    });
  }
  return model.ids(of);
}

page.serve({
  hello: () => {
    note('hello', null);
    return view;
  },
  attention: async (params, { signal }) => {
    note('attention', params);
    if (params.live) await pause(60);
    signal.throwIfAborted();
    return model.maps(idsOf(params.of), params, view.run?.step ?? 0);
  },
  headRoles: (params) => {
    note('headRoles', params);
    return model.roles(view.run?.step ?? 0, params.silence);
  },
  follow: async (params) => {
    note('follow', params);
    await followed;
    return model.follow(idsOf(params.of), params, view.run?.step ?? 0);
  },
  describe: (params) => {
    note('describe', params);
    return depths.describe();
  },
  tokenize: (params) => {
    note('tokenize', params);
    const ids = idsOf({ from: 'text', text: params.text });
    return { tokens: ids.map((id) => ({ id, label: String.fromCodePoint(id) })) };
  },
  whatIf: (params) => {
    note('whatIf', params);
    return depths.whatIf(idsOf(params.of), params, view.run?.step ?? 0);
  },
  logitLens: (params) => {
    note('logitLens', params);
    return depths.lens(idsOf(params.of), params, view.run?.step ?? 0);
  },
  circuit: (params) => {
    note('circuit', params);
    return depths.circuit(params, view.run?.step ?? 0);
  },
  moments: (params) => {
    note('moments', params);
    return depths.moments();
  },
  moment: (params) => {
    note('moment', params);
    return depths.moment(params.step);
  },
  select: (params) => {
    note('select', params);
    show({ selection: params });
    return null;
  },
  openPlayground: (params) => note('openPlayground', params),
  goToSource: (params) => note('goToSource', params),
  showExplanation: (params) => note('showExplanation', params),
  save: ({ kind, name, bytes }) => {
    note('save', { kind, name });
    const head = new TextDecoder('latin1').decode(bytes.slice(0, 4000));
    saved = { name, head, bytes: bytes.byteLength };
    return { saved: true };
  },
  log: (params) => note('log', params),
});

window.attention = {
  asked,
  violations,
  setVisible: (visible) => {
    page.emit('visibility', { visible });
  },
  select: (selection) => {
    show({ selection });
  },
  advance: (steps) => {
    const { run } = view;
    if (run !== undefined) show({ run: { ...run, step: run.step + steps } });
  },
  pause: () => {
    show({ phase: 'paused' });
  },
  lose: () => {
    view = { phase: 'idle' };
    page.emit('view', view);
  },
  write: (text) => {
    const { number = 0 } = view.written ?? {};
    show({ written: { number: number + 1, text: modelText('', text) } });
  },
  give: (text, path) => {
    const number = (view.given?.number ?? 0) + 1;
    const selection = path === undefined ? {} : { selection: { path } };
    show({ given: { number, text: modelText('', text) }, ...selection });
  },
  holdFollow: () => {
    let release = (): void => undefined;
    followed = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      release();
    };
  },
  fail: () => {
    failing = true;
  },
  evaluate: () => {
    page.emit('moment', depths.evaluate(view.run?.step ?? 0));
  },
  measure: measureDrawing,
  saved: () => saved,
};
