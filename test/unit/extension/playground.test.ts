/**
 * @file The playground is opened: while VS Code restores the one of before a reload, and where its
 * page starts late or never.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TabInputWebview, type WebviewPanel, type WebviewPanelSerializer } from 'vscode';
import { Playground } from '../../../extension/playground/playground';
import { playgroundViewType } from '../../../extension/playground/playgroundPanel';
import { Endpoint } from '../../../webview/protocol/endpoint';
import { protocolVersion } from '../../../webview/protocol/engineApi';
import type { HostApi, PlaygroundPageApi } from '../../../webview/protocol/playgroundApi';
import { at } from '../support/disk';

type Listener = (message: unknown) => void;

/** A panel in whose page nothing happens until it is started. */
function panelOf(name: string) {
  const nothing = { dispose: () => undefined };
  const toPage: Listener[] = [];
  const toHost: Listener[] = [];
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
      onDidReceiveMessage: (listener: Listener) => {
        toHost.push(listener);
        return nothing;
      },
      postMessage: (message: unknown) => {
        for (const listener of toPage) listener(message);
        return Promise.resolve(true);
      },
    },
    /** The page starts, and says hello. */
    startPage(): void {
      const page = new Endpoint<PlaygroundPageApi, HostApi>(
        {
          post: (message) => {
            for (const listener of toHost) listener(message);
          },
          onMessage: (listener) => {
            toPage.push(listener);
            return () => undefined;
          },
        },
        { name: 'playground', protocolVersion, onError: fail },
      );
      void page.request('hello', null);
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
  readonly made: ReturnType<typeof panelOf>[];
  tabs: unknown[];
  tabClosed: () => void;
}

const host = vi.hoisted((): Host => ({ made: [], tabs: [], tabClosed: () => undefined }));

const fail = (error: Error): never => {
  throw error;
};

vi.mock('vscode', async () => {
  class TabInputWebview {
    readonly viewType: string;

    constructor(viewType: string) {
      this.viewType = viewType;
    }
  }
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
        get all() {
          return [{ tabs: host.tabs }];
        },
        close: () => new Promise<void>((resolve) => (host.tabClosed = resolve)),
      },
    },
  };
});

let playground: Playground;

beforeEach(() => {
  host.made.length = 0;
  host.tabs = [];
  playground = new Playground({
    extensionUri: at('/extension') as never,
    readable: [],
    onError: fail,
  });
  const hello = () => ({ backend: 'auto', trusted: true, watching: false });
  playground.use({ opened: () => ({ hello }) as never, closed: () => undefined });
});

it('shows a new panel where the restored one is being closed', async () => {
  host.tabs = [
    { input: new TabInputWebview('mainThreadWebview-transformerPlayground.playground') },
  ];
  const opening = playground.open();
  const restored = panelOf(playgroundViewType);
  const serializer = host.serializer as WebviewPanelSerializer;
  await serializer.deserializeWebviewPanel(restored as unknown as WebviewPanel, undefined);
  expect(restored.disposed).toBe(true);
  host.tabClosed();
  await vi.waitUntil(() => host.made.length > 0);
  expect(host.made).toMatchObject([{ name: 'new', revealed: true, disposed: false }]);
  host.made[0]?.dispose();
  // The code of what is over without a word.
  await expect(opening).rejects.toMatchObject({ code: 'disposed' });
});

describe('a page that does not start', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is given up with what to do, and can be used once it has started after all', async () => {
    const failed = vi.fn();
    playground.open().catch(failed);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(failed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(failed.mock.lastCall?.[0]).toMatchObject({
      message: 'The playground’s page did not start within 30 s.',
      remedy: 'Close it and run the command again; if that does not help, reload the window.',
    });
    host.made[0]?.startPage();
    await vi.advanceTimersByTimeAsync(10);
    await expect(playground.open()).resolves.toBe(playground.endpoint);
    expect(host.made).toHaveLength(1);
  });

  it('is waited for no longer than the user wants', async () => {
    const stopping = new AbortController();
    const opening = playground.open(stopping.signal);
    const stopped = expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    await vi.advanceTimersByTimeAsync(100);
    stopping.abort();
    await stopped;
    expect(vi.getTimerCount()).toBe(0);
  });
});
