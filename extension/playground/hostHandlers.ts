/** @file What the host answers the playground page. */
import * as vscode from 'vscode';
import { checkModel } from '../../webview/config/checkModel';
import type { Handlers } from '../../webview/protocol/contract';
import type { HostApi } from '../../webview/protocol/playgroundApi';
import type { Attention } from '../attention/attention';
import type { Engine } from '../engine/engine';
import type { Inspection } from '../engine/inspection';
import type { SelectedPlace } from '../engine/selectedPlace';
import type { Session } from '../engine/session';
import type { Generation } from '../generation/generation';
import type { Messages } from '../messages';
import type { PlaygroundUser } from './playground';
import type { PlaygroundEndpoint } from './playgroundPanel';
import type { ShownSelection } from './shownSelection';

interface Answering {
  readonly engine: Engine;
  readonly attention: Attention;
  readonly generation: Generation;
  readonly inspection: Inspection;
  readonly selected: SelectedPlace;
  readonly shownSelection: ShownSelection;
  readonly session: Session;
  readonly messages: Messages;
  readonly log: vscode.LogOutputChannel;
}

/** Joins the panel to the engine and the session. */
export function playgroundUser(answering: Answering): PlaygroundUser {
  const { engine, attention, generation, inspection, messages } = answering;
  return {
    opened: (endpoint) => {
      engine.follow(endpoint);
      inspection.follow(endpoint);
      attention.follow(endpoint);
      generation.follow(endpoint);
      return hostHandlers(endpoint, answering);
    },
    closed: () => {
      inspection.unfollow();
      void messages.attempt(() => engine.pageClosed());
    },
  };
}

function hostHandlers(
  endpoint: PlaygroundEndpoint,
  { engine, inspection, selected, shownSelection, session, messages, log }: Answering,
): Handlers<HostApi> {
  return {
    hello: async () => {
      const goOn = engine.pageStarted(endpoint);
      const view = await session.view();
      // After the answer, which leaves in a microtask.
      setTimeout(() => {
        shownSelection.follow();
        if (goOn !== undefined) void messages.attempt(goOn);
      });
      return view;
    },
    ping: () => null,
    train: async ({ config }) => {
      await session.trainConfigured(config);
      return null;
    },
    configured: ({ model }) => {
      checkModel(model);
      inspection.configure(model);
      return null;
    },
    chooseText: async () => {
      await session.chooseText();
      return null;
    },
    resumeRun: async ({ runId }) => {
      await session.resumeRun(runId);
      return null;
    },
    storeSnapshot: async (snapshot) => {
      await engine.storeSnapshot(snapshot);
      return null;
    },
    runCommand: async ({ command }) => {
      await vscode.commands.executeCommand(command);
      return null;
    },
    select: ({ selection }) => {
      selected.select(selection, 'playground');
      return null;
    },
    copyText: async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    },
    log: ({ level, message }) => {
      if (level === 'error') log.error(`Page: ${message}`);
      else if (level === 'warning') log.warn(`Page: ${message}`);
      else log.info(`Page: ${message}`);
      return null;
    },
  };
}
