/**
 * @file A host in the generation view itself, with a model of its own making: it stands where VS
 * Code, the extension and the engine are, behind the real endpoint.
 */
import { PlaygroundError } from '../../../webview/config/errors';
import type { SamplingConfig } from '../../../webview/config/sampling';
import { Endpoint } from '../../../webview/protocol/endpoint';
import {
  protocolVersion,
  type GenerateParams,
  type GenerateResult,
} from '../../../webview/protocol/engineApi';
import type {
  GenerationHostApi,
  GenerationPageApi,
  GenerationView,
} from '../../../webview/protocol/generationApi';
import type { LikelyToken, WrittenToken } from '../../../webview/protocol/writing';

/** What the tests read and steer. */
export interface GenerationHarness {
  /** Requests of the page in order: name and params. */
  readonly asked: { readonly name: string; readonly params: unknown }[];
  readonly violations: string[];
  setVisible(visible: boolean): void;
  /** The run in training makes some steps. */
  advance(steps: number): void;
  show(change: Partial<GenerationView>): void;
  /** The run and its engine are gone. */
  lose(): void;
  /** Milliseconds from one piece of a text to the next. */
  pace: number;
  /** Counts the texts that have come to an end, however they did. */
  ended: number;
}

declare global {
  interface Window {
    generation: GenerationHarness;
  }
}

const query = new URLSearchParams(location.search);
const scenario = query.get('scenario') ?? 'paused';
const listeners = new Set<(message: unknown) => void>();
const asked: GenerationHarness['asked'] = [];
const violations: string[] = [];
let view: GenerationView = firstView();

function firstView(): GenerationView {
  const run = { runId: 'r1', name: 'Small stories', step: 480 };
  const common = { resumable: false, attends: true };
  switch (scenario) {
    case 'empty':
      return { ...common, phase: 'idle', attends: false };
    case 'resumable':
      return { ...common, phase: 'idle', attends: false, resumable: true };
    case 'loading':
      return { ...common, phase: 'loading', activity: 'Counting bigrams', attends: false };
    case 'failed':
      return {
        ...common,
        phase: 'failed',
        attends: false,
        resumable: true,
        failure: {
          code: 'device-lost',
          message: 'The graphics device was lost at step 480.',
          remedy: 'Resume the run from its last snapshot.',
        },
      };
    case 'training':
      return { ...common, phase: 'training', run };
    default:
      return { ...common, phase: 'paused', run };
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

const page = new Endpoint<GenerationHostApi, GenerationPageApi>(
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

function show(change: Partial<GenerationView>): void {
  view = { ...view, ...change };
  page.emit('view', view);
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** The vocabulary: one token a letter, the last is the end of a text. */
const letters = ' \n.,?abcdefghijklmnopqrstuvwxyz';
const endOfText = letters.length;
const labels: Readonly<Record<string, string>> = { ' ': '␣', '\n': '⏎' };

function likelyToken(id: number, probability: number): LikelyToken {
  const text = letters[id] ?? '\n\n';
  const label = id === endOfText ? '<|endoftext|>' : (labels[text] ?? text);
  return { id, label, text, probability };
}

function idsOf(text: string): number[] {
  return Array.from(text, (letter) => {
    const id = letters.indexOf(letter);
    if (id >= 0) return id;
    throw new PlaygroundError({
      code: 'tokenizer',
      message: `The character '${letter}' (U+00E9) is not in this model's vocabulary.`,
      remedy: 'Leave it out, or train on a text that contains it.',
    });
  });
}

/** Of a user’s text: what the model is given in the place of an empty prompt. */
const given = scenario === 'own-text' ? { given: 't' } : {};

const story =
  'the dog runs to the park. ann has the ball, and ben wants it.\nthe cat sleeps. is it late? ';

/** Draws whatever comes next in the story, and now and then another letter. */
function drawn(place: number, { seed, temperature }: SamplingConfig, top: number): WrittenToken {
  const wanted = letters.indexOf(story[place % story.length] ?? ' ');
  const noise = ((place * 7919 + seed * 104_729) % 100) / 100;
  const isEnd = scenario === 'ends' && place === 30;
  const other = (wanted + 3 + (place % 5)) % letters.length;
  const id = isEnd ? endOfText : noise < temperature / 8 ? other : wanted;
  const first = 0.35 + 0.6 * (((place * 31) % 17) / 17);
  const shares = [first, ...Array.from({ length: 7 }, (_, at) => (1 - first) / 2 ** (at + 1))];
  const ids = [wanted, other, ...Array.from({ length: 6 }, (_, at) => (wanted + 11 + at) % 30)];
  const alternatives = [...new Set(ids)].map((each, at) => likelyToken(each, shares[at] ?? 0));
  const share = alternatives.find((each) => each.id === id)?.probability ?? 0.004;
  return { ...likelyToken(id, share), alternatives: alternatives.slice(0, top) };
}

page.serve({
  hello: () => {
    note('hello', null);
    return view;
  },
  generate: async (params, { signal }) => {
    try {
      return await generate(params, signal);
    } finally {
      window.generation.ended += 1;
    }
  },
  nextToken: async (params, { signal }) => {
    note('nextToken', { ...params, after: [...(params.after ?? [])] });
    await pause(10);
    signal.throwIfAborted();
    const { prompt, after = [], sampling, top } = params;
    const { alternatives } = drawn(idsOf(prompt).length + after.length, sampling, top);
    const cut = sampling.topK === 0 ? 99 : sampling.topK;
    return {
      runId: 'r1',
      step: view.run?.step ?? 0,
      vocabulary: letters.length + 1,
      ...(prompt === '' && given),
      stages: [
        { stage: 'model', kept: 32, entropy: 1.4 },
        { stage: 'temperature', kept: 32, entropy: 1.1 },
        { stage: 'top-k', kept: Math.min(32, cut), entropy: 0.9 },
        { stage: 'top-p', kept: Math.min(32, cut), entropy: 0.9 },
      ],
      tokens: alternatives.map(({ id, label, probability }, at) => {
        const kept = at < cut ? probability : 0;
        return { id, label, probabilities: [probability, probability, kept, kept] };
      }),
    };
  },
  tokenize: ({ text }) => {
    note('tokenize', { text });
    return { tokens: idsOf(text).map((id) => likelyToken(id, 1)) };
  },
  showAttention: ({ prompt, after }) => note('showAttention', { prompt, after: [...after] }),
  runCommand: (params) => note('runCommand', params),
  copyText: (params) => note('copyText', params),
  log: (params) => note('log', params),
});

/** Writes at its pace, until it is told to stop. */
async function generate(params: GenerateParams, signal: AbortSignal): Promise<GenerateResult> {
  note('generate', { ...params, after: [...(params.after ?? [])] });
  const { sampling, after = [], alternatives = 0, id } = params;
  const prompt = params.prompt === '' ? (given.given ?? '') : params.prompt;
  const step = view.run?.step ?? 0;
  const begun = idsOf(prompt).length + after.length;
  let text = '';
  let tokens = 0;
  while (tokens < sampling.maxTokens) {
    const piece = Array.from({ length: Math.min(6, sampling.maxTokens - tokens) }, (_, at) =>
      drawn(begun + tokens + at, sampling, alternatives),
    );
    await pause(window.generation.pace * (sampling.cache ? 1 : 3));
    signal.throwIfAborted();
    const added = piece.map((token) => token.text).join('');
    const begins = tokens === 0 ? { begins: { prompt, after: Int32Array.from(after) } } : {};
    page.emit('generated', { id, ...begins, text: added, tokens: piece });
    text += added;
    tokens += piece.length;
  }
  const tokensPerSecond = sampling.cache ? 300 : 100;
  return { text, tokens, tokensPerSecond, ended: 'length', step, cached: sampling.cache };
}

window.generation = {
  asked,
  violations,
  pace: 15,
  ended: 0,
  setVisible: (visible) => {
    page.emit('visibility', { visible });
  },
  advance: (steps) => {
    const { run } = view;
    if (run !== undefined) show({ run: { ...run, step: run.step + steps } });
  },
  show,
  lose: () => {
    view = { phase: 'idle', resumable: true, attends: false };
    page.emit('view', view);
  },
};
