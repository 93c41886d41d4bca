/** @file The playground is opened while VS Code restores the one of before a reload. */
import { expect, it, vi } from 'vitest';
import type { WebviewPanel, WebviewPanelSerializer } from 'vscode';
import { Playground } from '../../../extension/playground/playground';
import { playgroundViewType } from '../../../extension/playground/playgroundPanel';
import { at } from '../support/disk';

/** A panel in whose page nothing happens. */
function panelOf(name: string) {
  const nothing = { dispose: () => undefined };
  const told: (() => void)[] = [];
  return {
    name,
    title: '',
    visible: true,
    revealed: false,
    disposed: false,
    webview: {
      cspSource: '',
      asWebviewUri: () => '',
      onDidReceiveMessage: () => nothing,
      postMessage: () => Promise.resolve(true),
    },
    onDidChangeViewState: () => nothing,
    onDidDispose: (listener: () => void) => {
      told.push(listener);
      return nothing;
    },
    reveal() {
      this.revealed = true;
    },
    dispose() {
      this.disposed = true;
      for (const tell of told) tell();
    },
  };
}

interface Host {
  serializer?: unknown;
  readonly made: { dispose: () => void }[];
  tabClosed: () => void;
}

const host = vi.hoisted((): Host => ({ made: [], tabClosed: () => undefined }));

vi.mock('vscode', async () => {
  class TabInputWebview {
    readonly viewType: string;

    constructor(viewType: string) {
      this.viewType = viewType;
    }
  }
  const input = new TabInputWebview('mainThreadWebview-transformerPlayground.playground');
  return {
    ...(await import('../support/vscode')),
    TabInputWebview,
    ViewColumn: { Active: -1 },
    window: {
      registerWebviewPanelSerializer: (_viewType: string, serializer: unknown) => {
        host.serializer = serializer;
        return { dispose: () => undefined };
      },
      createWebviewPanel: () => {
        const panel = panelOf('new');
        host.made.push(panel);
        return panel;
      },
      tabGroups: {
        all: [{ tabs: [{ input }] }],
        close: () => new Promise<void>((resolve) => (host.tabClosed = resolve)),
      },
    },
  };
});

it('shows a new panel where the restored one is being closed', async () => {
  const playground = new Playground({
    extensionUri: at('/extension') as never,
    readable: [],
    onError: (error) => {
      throw error;
    },
  });
  playground.use({ opened: () => ({}) as never, closed: () => undefined });
  const opening = playground.open();
  const restored = panelOf(playgroundViewType);
  const serializer = host.serializer as WebviewPanelSerializer;
  await serializer.deserializeWebviewPanel(restored as unknown as WebviewPanel, undefined);
  expect(restored.disposed).toBe(true);
  host.tabClosed();
  await vi.waitUntil(() => host.made.length > 0);
  expect(host.made).toMatchObject([{ name: 'new', revealed: true, disposed: false }]);
  host.made[0]?.dispose();
  await expect(opening).rejects.toThrow('closed before it had started');
});
