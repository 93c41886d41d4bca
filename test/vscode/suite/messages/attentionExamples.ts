/** @file One message of every type that host and attention page exchange. Both ends know them. */
import type { AttentionHostApi, AttentionPageApi } from '../../../../webview/protocol/attentionApi';
import { ofPage, type Examples } from './examples';

const view = {
  phase: 'training',
  run: { runId: 'r1', name: 'Tiny GPT', step: 7 },
  selection: { path: 'decoder.0.selfAttention.pattern', head: 1, token: 5 },
  written: {
    number: 3,
    text: { from: 'model', prompt: 'the dog “ran” 🐕', after: new Int32Array() },
  },
  given: { number: 2, text: { from: 'model', prompt: '', after: Int32Array.of(3, 1, 2) } },
} as const;

const { path } = view.selection;

export const ofAttentionHost: Examples<AttentionHostApi> = {
  requests: {
    hello: { params: null, result: view },
    // The engine's own, passed on.
    attention: ofPage.requests.attention,
    headRoles: ofPage.requests.headRoles,
    follow: ofPage.requests.follow,
    describe: ofPage.requests.describe,
    tokenize: ofPage.requests.tokenize,
    whatIf: ofPage.requests.whatIf,
    logitLens: ofPage.requests.logitLens,
    circuit: ofPage.requests.circuit,
    moments: ofPage.requests.moments,
    moment: ofPage.requests.moment,
    select: { params: { path, head: 1 }, result: null },
    openPlayground: { params: null, result: null },
    goToSource: { params: { path }, result: null },
    showExplanation: { params: { path }, result: null },
    save: {
      params: {
        kind: 'png',
        name: 'attention-layer-0.png',
        bytes: Uint8Array.from({ length: 1_500_000 }, (_, at) => at % 251).buffer,
      },
      result: { saved: true },
    },
    log: { params: { level: 'error', message: 'a line' }, result: null },
  },
  events: { view, moment: ofPage.events.moment, visibility: { visible: true } },
};

export const ofAttentionPage: Examples<AttentionPageApi> = { requests: {}, events: {} };
