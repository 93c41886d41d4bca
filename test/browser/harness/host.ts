/** @file A host in the page itself: it stands where VS Code and the extension are, behind the real endpoint. */
import { defaultPreset } from '../../../webview/config/presets';
import { Endpoint } from '../../../webview/protocol/endpoint';
import { protocolVersion } from '../../../webview/protocol/engineApi';
import type {
  HostApi,
  PlaygroundPageApi,
  PlaygroundView,
} from '../../../webview/protocol/playgroundApi';
import { factsOf, pointsUpTo, samples } from './scenarios';

/** What the tests read and steer. */
export interface Harness {
  /** Requests of the page in order: name and params. */
  readonly asked: { readonly name: string; readonly params: unknown }[];
  readonly violations: string[];
  setVisible(visible: boolean): void;
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
const stateKey = 'vscode-state';

document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});

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
  await page.request('start', { runId: `run-${name}`, config, backend: 'auto' });
}

function view(): PlaygroundView {
  const base: PlaygroundView = { backend: 'auto', trusted: true, watching: false };
  if (scenario !== 'resumable') return base;
  const facts = factsOf('resumable');
  return {
    ...base,
    resumable: {
      runId: facts.runId,
      name: facts.name,
      step: 1500,
      steps: 3000,
      validationLoss: 1.01,
    },
    history: { facts, metrics: pointsUpTo(300), samples },
  };
}

page.serve({
  hello: () => {
    note('hello', null);
    if (scenario !== 'empty' && scenario !== 'resumable') {
      void start([scenario, query.get('causes') ?? '', query.get('points') ?? '500'].join('|'));
    }
    return view();
  },
  train: (params) => {
    note('train', params);
    void start('live');
    return null;
  },
  storeSnapshot: (params) => note('storeSnapshot', params),
  runCommand: (params) => note('runCommand', params),
  copyText: (params) => note('copyText', params),
  log: (params) => note('log', params),
});

window.harness = {
  asked,
  violations,
  setVisible: (visible) => {
    page.emit('visibility', { visible });
  },
};
