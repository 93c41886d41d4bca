/** @file The host's entry: composes the features. No logic. */
import * as vscode from 'vscode';
import { Attention } from './attention/attention';
import { Commands } from './commands';
import { Announcements } from './engine/announcements';
import { ContextKeys } from './engine/contextKeys';
import { Engine } from './engine/engine';
import { Inspection } from './engine/inspection';
import { SelectedPlace } from './engine/selectedPlace';
import { Session } from './engine/session';
import { StatusBar } from './engine/statusBar';
import { Generation } from './generation/generation';
import { Messages } from './messages';
import { playgroundUser } from './playground/hostHandlers';
import { Playground } from './playground/playground';
import { ShownSelection } from './playground/shownSelection';
import { RunStore } from './runs/runStore';
import { onBackendSettingChange } from './settings';
import { onAnnotationsChange } from './source/annotations';
import { ModelSource } from './source/modelSource';
import { SourceIndex } from './source/sourceIndex';

/** Ends the active run's claim in time: awaited by VS Code when the window closes. */
let endRun: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Transformer Playground', { log: true });
  const messages = new Messages(log);
  const store = new RunStore(context, messages, crypto.randomUUID());
  const remember = (error: unknown): void => void messages.remember(error);
  const playground = new Playground({
    extensionUri: context.extensionUri,
    readable: store.places,
    onError: remember,
  });
  const engine = new Engine(playground, store, remember);
  const session = new Session(playground, engine, store, messages);
  const contextKeys = new ContextKeys(engine, store);
  const inspection = new Inspection(remember);
  const selected = new SelectedPlace();
  const index = new SourceIndex(context.extensionUri);
  const shownSelection = new ShownSelection({ index, engine, inspection, selected, playground });
  const attention = new Attention({ context, playground, engine, selected, messages, log });
  const generation = new Generation({
    context,
    playground,
    engine,
    store,
    inspection,
    attention,
    messages,
    log,
  });
  endRun = () => engine.windowCloses();

  context.subscriptions.push(
    log,
    playground,
    engine,
    session,
    contextKeys,
    inspection,
    selected,
    shownSelection,
    attention,
    generation,
    new ModelSource({
      context,
      index,
      engine,
      inspection,
      selected,
      playground,
      shownSelection,
      messages,
    }),
    new StatusBar(engine),
    new Announcements(engine, messages, () => playground.visible),
    new Commands({ context, log, messages, playground, engine, session }),
    onBackendSettingChange(() => {
      session.showView();
    }),
    onAnnotationsChange(() => {
      session.showView();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      session.showView();
    }),
  );
  playground.use(
    playgroundUser({
      engine,
      attention,
      generation,
      inspection,
      selected,
      shownSelection,
      session,
      messages,
      log,
    }),
  );
  void messages.attempt(() => contextKeys.refreshRuns());
}

export async function deactivate(): Promise<void> {
  await endRun?.();
}
