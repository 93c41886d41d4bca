/**
 * @file What the host answers the generation view. What is asked of the engine goes on to the
 * playground's page, which has it.
 */
import * as vscode from 'vscode';
import type { Handlers } from '../../webview/protocol/contract';
import type {
  GenerationHostApi,
  GenerationView,
  LookedToken,
} from '../../webview/protocol/generationApi';
import { engineOf, logLine } from '../pages/passedOn';
import type { Playground } from '../playground/playground';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';

/** What the view is answered from. */
export interface GenerationAnswering {
  readonly playground: Playground;
  readonly log: vscode.LogOutputChannel;
  readonly view: () => GenerationView;
  /** The view is about to be told what is new. */
  readonly greet: () => void;
  /** Ids of the texts that are being written for this view. */
  readonly writing: Set<string>;
  readonly showAttention: (looked: LookedToken) => Promise<void>;
}

export function generationHandlers(answering: GenerationAnswering): Handlers<GenerationHostApi> {
  const { playground, log, view, greet, writing, showAttention } = answering;
  const engine = (): PlaygroundEndpoint => engineOf(playground);
  return {
    hello: () => {
      greet();
      return view();
    },
    generate: async (params, { signal }) => {
      writing.add(params.id);
      try {
        return await engine().request('generate', params, { signal });
      } finally {
        writing.delete(params.id);
      }
    },
    nextToken: (params, { signal }) => engine().request('nextToken', params, { signal }),
    tokenize: (params, { signal }) => engine().request('tokenize', params, { signal }),
    showAttention: async (looked) => {
      await showAttention(looked);
      return null;
    },
    runCommand: async ({ command }) => {
      await vscode.commands.executeCommand(command);
      return null;
    },
    copyText: async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    },
    log: (line) => logLine(log, 'Generation view', line),
  };
}
