/** @file One message of every type that host and generation view exchange. Both ends know them. */
import type {
  GenerationHostApi,
  GenerationPageApi,
} from '../../../../webview/protocol/generationApi';
import { ofPage, type Examples } from './examples';

const view = {
  phase: 'failed',
  run: { runId: 'r1', name: 'Tiny GPT', step: 7 },
  activity: 'Counting bigrams',
  failure: { code: 'f1', message: 'It failed.', remedy: 'Try again.' },
  resumable: true,
  attends: true,
} as const;

export const ofGenerationHost: Examples<GenerationHostApi> = {
  requests: {
    hello: { params: null, result: view },
    // The engine's own, passed on.
    generate: ofPage.requests.generate,
    nextToken: ofPage.requests.nextToken,
    tokenize: ofPage.requests.tokenize,
    showAttention: { params: { prompt: 'the ', after: Int32Array.of(3, 1, 2) }, result: null },
    runCommand: { params: { command: 'transformerPlayground.trainTinyModel' }, result: null },
    copyText: { params: { text: 'the dog “ran” 🐕' }, result: null },
    log: { params: { level: 'warning', message: 'a line' }, result: null },
  },
  events: { view, visibility: { visible: true }, generated: ofPage.events.generated },
};

export const ofGenerationPage: Examples<GenerationPageApi> = { requests: {}, events: {} };
