/**
 * @file A host in the page itself: it stands where VS Code and the extension are, behind the real
 * endpoint.
 */
import { PlaygroundError } from '../../../webview/config/errors';
import { configForText, defaultPreset } from '../../../webview/config/presets';
import { Endpoint } from '../../../webview/protocol/endpoint';
import { protocolVersion } from '../../../webview/protocol/engineApi';
import type {
  HostApi,
  PlaygroundPageApi,
  PlaygroundView,
  RunSummary,
} from '../../../webview/protocol/playgroundApi';
import { selectedViews, viewOf, type SelectedExample } from './selectedViews';
import { factsOf, gainedAt, pointsUpTo, samples, scenarios, textRun } from './scenarios';

/** What the tests read and steer. */
export interface Harness {
  /** Requests of the page in order: name and params. */
  readonly asked: { readonly name: string; readonly params: unknown }[];
  readonly violations: string[];
  setVisible(visible: boolean): void;
  /** Begins or ends a run as a command of VS Code's does, without the page being asked. */
  start(): void;
  stop(): void;
  /** From now on no command can be run. */
  refuse(): void;
  /** Stands still, as an extension host that another extension keeps busy. */
  freeze(): void;
  /** Takes in order what came since. */
  thaw(): void;
  /** Shows a run that another window trains, until `unwatch` shows the scenario's own again. */
  watch(): void;
  unwatch(): void;
  /** VS Code has the source's annotations switched off, or shows them again. */
  hideAnnotations(hidden: boolean): void;
  /** Another view has selected a place, or cleared the selection. */
  select(example: SelectedExample | null): void;
  /** The user wants to see on the page what is selected. */
  showSelected(): void;
  /** Says that a snapshot is stored, as after a command of VS Code's that saves. */
  stored(): void;
}

declare global {
  interface Window {
    harness: Harness;
    acquireVsCodeApi: () => unknown;
  }
}

const query = new URLSearchParams(location.search);
const scenario = query.get('scenario') ?? 'empty';
const listeners = new Set<(message: unknown) => void>();
const asked: Harness['asked'] = [];
const violations: string[] = [];
/** Scenarios with a run on disk. */
const continuable = ['resumable', 'claimed', 'text', 'trained'] as const;
const shortTextRun = { runId: 'run-unstarted', name: 'e-50.txt' };
/** Of the text that the host would train on. */
let textName: string | undefined = scenario === 'text' ? textRun.textName : undefined;
/** The last snapshot that the page has sent. */
let kept: RunSummary | undefined;
let refuses = false;
const stateKey = 'vscode-state';
/** What has come since the host stands still. */
let unread: unknown[] | undefined;

function read(message: unknown): void {
  for (const listener of listeners) listener(message);
}

document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});

window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => {
    const copy: unknown = structuredClone(message);
    setTimeout(() => {
      if (unread === undefined) read(copy);
      else unread.push(copy);
    });
  },
  getState: (): unknown => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null'),
  setState: (state: unknown) => {
    sessionStorage.setItem(stateKey, JSON.stringify(state));
  },
});

const page = new Endpoint<HostApi, PlaygroundPageApi>(
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

async function start(name: string): Promise<void> {
  const config = { ...defaultPreset.config, name };
  const runId = `run-${name}`;
  await page.request('start', { runId, config, backend: 'auto' });
}

/** A text that no model can learn from. */
async function startOnShortText(): Promise<void> {
  const { runId, name } = shortTextRun;
  textName = name;
  const config = { ...configForText(name), name: 'unstarted' };
  const text = { name, bytes: new ArrayBuffer(50) };
  // It is to fail: the page shows how.
  await Promise.allSettled([page.request('start', { runId, config, text, backend: 'auto' })]);
}

function isContinuable(name: string): name is (typeof continuable)[number] {
  return continuable.some((one) => one === name);
}

function view(): PlaygroundView {
  const base: PlaygroundView = {
    backend: 'auto',
    trusted: true,
    watching: false,
    ...(scenario === 'unstarted' ? { run: shortTextRun } : {}),
    ...(textName === undefined ? {} : { textName }),
  };
  if (!isContinuable(scenario)) return base;
  const trained = scenario === 'trained';
  const facts = { ...factsOf(scenario), ...(scenario === 'text' ? textRun : {}) };
  const offer = scenario === 'claimed' ? 'claimed' : 'resumable';
  return {
    ...base,
    [offer]: {
      runId: facts.runId,
      name: facts.name,
      step: trained ? 3000 : 1500,
      steps: 3000,
      validationLoss: 1.01,
    },
    history: { facts, metrics: pointsUpTo(trained ? 601 : 300), samples, gained: gainedAt(1250) },
  };
}

page.serve({
  hello: () => {
    note('hello', null);
    if (scenario === 'unstarted') void startOnShortText();
    else if (scenario !== 'empty' && !isContinuable(scenario)) {
      void start([scenario, query.get('causes') ?? '', query.get('points') ?? '500'].join('|'));
    }
    return view();
  },
  ping: () => null,
  train: (params) => {
    note('train', params);
    void start('live');
    return null;
  },
  configured: (params) => note('configured', params),
  chooseText: (params) => {
    textName = 'recipes.txt';
    page.emit('view', view());
    return note('chooseText', params);
  },
  resumeRun: (params) => note('resumeRun', params),
  storeSnapshot: (params) => {
    const { runId, step } = params;
    kept = { runId, name: defaultPreset.config.name, step, steps: 3000 };
    return note('storeSnapshot', params);
  },
  runCommand: (params) => {
    if (refuses) {
      throw new PlaygroundError({
        code: 'disk-full',
        message: 'The disk is full.',
        remedy: 'Make room, then try again.',
      });
    }
    return note('runCommand', params);
  },
  select: (params) => {
    const { selection } = params;
    page.emit('selected', selection === undefined ? null : viewOf(selection));
    return note('select', params);
  },
  copyText: (params) => note('copyText', params),
  log: (params) => note('log', params),
});

page.on('state', (state) => {
  note('state', state.phase);
});

// What was saved of a run that ended, well or badly, can be continued.
page.on('state', (state) => {
  if (state.phase !== 'idle' && state.phase !== 'failed') return;
  page.emit('view', { ...view(), ...(kept === undefined ? {} : { resumable: kept }) });
});

/** A run of another window, with fewer points and texts than those of this one have. */
function elsewhere(): PlaygroundView {
  const facts = { ...factsOf('resumable'), runId: 'run-elsewhere', name: 'Run of another window' };
  const history = {
    ...{ facts, metrics: pointsUpTo(101), samples: samples.slice(0, 2) },
    gained: [],
  };
  return { ...view(), watching: true, history };
}

/** The scenario's own run, stopped and saved. */
function ownRun(): PlaygroundView {
  const own = scenarios.find((one) => one === scenario) ?? 'live';
  const facts = factsOf(own);
  return {
    ...view(),
    resumable: { runId: facts.runId, name: facts.name, step: 2495, steps: 3000 },
    history: { facts, metrics: pointsUpTo(500), samples, gained: [] },
  };
}

window.harness = {
  asked,
  violations,
  setVisible: (visible) => {
    page.emit('visibility', { visible });
  },
  start: () => {
    void start('live');
  },
  stop: () => {
    void page.request('stop', null);
  },
  watch: () => {
    page.emit('view', elsewhere());
  },
  unwatch: () => {
    page.emit('view', ownRun());
  },
  hideAnnotations: (hidden) => {
    page.emit('view', { ...view(), ...(hidden ? { hiddenAnnotations: 'codeLens' } : {}) });
  },
  refuse: () => {
    refuses = true;
  },
  freeze: () => {
    unread = [];
  },
  thaw: () => {
    const messages = unread ?? [];
    unread = undefined;
    messages.forEach(read);
  },
  select: (example) => {
    page.emit('selected', example === null ? null : selectedViews[example]);
  },
  showSelected: () => {
    page.emit('showSelected', null);
  },
  stored: () => {
    page.emit('stored', { runId: `run-${scenario}` });
  },
};
