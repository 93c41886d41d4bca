/**
 * @file What the host answers the attention page. What is asked of the engine goes on to the
 * playground's page, which has it.
 */
import * as vscode from 'vscode';
import type { AttentionHostApi, AttentionView } from '../../webview/protocol/attentionApi';
import type { Handlers } from '../../webview/protocol/contract';
import type { SelectedPlace } from '../engine/selectedPlace';
import type { Messages } from '../messages';
import { engineOf, logLine } from '../pages/passedOn';
import type { Playground } from '../playground/playground';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';
import { savePicture } from './savePicture';

/** What the page is answered from. */
export interface AttentionAnswering {
  readonly playground: Playground;
  readonly selected: SelectedPlace;
  readonly messages: Messages;
  readonly log: vscode.LogOutputChannel;
  readonly view: () => AttentionView;
}

export function attentionHandlers(answering: AttentionAnswering): Handlers<AttentionHostApi> {
  const { playground, selected, log, view } = answering;
  const engine = (): PlaygroundEndpoint => engineOf(playground);
  return {
    hello: () => view(),
    attention: (params, { signal }) => engine().request('attention', params, { signal }),
    headRoles: (params, { signal }) => engine().request('headRoles', params, { signal }),
    follow: (params, { signal }) => engine().request('follow', params, { signal }),
    describe: (params, { signal }) => engine().request('describe', params, { signal }),
    tokenize: (params, { signal }) => engine().request('tokenize', params, { signal }),
    whatIf: (params, { signal }) => engine().request('whatIf', params, { signal }),
    logitLens: (params, { signal }) => engine().request('logitLens', params, { signal }),
    circuit: (params, { signal }) => engine().request('circuit', params, { signal }),
    moments: (params, { signal }) => engine().request('moments', params, { signal }),
    moment: (params, { signal }) => engine().request('moment', params, { signal }),
    select: (selection) => {
      selected.select(selection, 'attention');
      return null;
    },
    openPlayground: async () => {
      await playground.open();
      return null;
    },
    goToSource: async ({ path }) => {
      await vscode.commands.executeCommand('transformerPlayground.goToSource', { path });
      return null;
    },
    showExplanation: async ({ path }) => {
      await vscode.commands.executeCommand('transformerPlayground.explain', { path });
      return null;
    },
    save: async (file) => ({ saved: await savePicture(file) }),
    log: (line) => logLine(log, 'Attention page', line),
  };
}
