/**
 * @file The one playground panel of a window: opens it, restores it, knows when its page can be
 * spoken to.
 */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import type { Handlers } from '../../webview/protocol/contract';
import type { HostApi } from '../../webview/protocol/playgroundApi';
import { hostValidators } from './hostValidators';
import { inTime } from './inTime';
import { Disposable } from '../lifetime';
import { closeOrphans } from '../pages/orphans';
import {
  PlaygroundPanel,
  playgroundViewType,
  type PanelOptions,
  type PlaygroundEndpoint,
} from './playgroundPanel';

/** Seconds in which a page says hello on a slow machine; one that says it later can be used. */
const helloWithin = 30;

/** Who answers the page. */
export interface PlaygroundUser {
  /**
   * A page was made; the endpoint lasts until `closed`, though the page behind it may start anew.
   */
  opened(endpoint: PlaygroundEndpoint): Handlers<HostApi>;
  /** The panel is gone, and with it the engine. */
  closed(): void;
}

type PlaygroundOptions = Omit<PanelOptions, 'onClosed' | 'onVisibility'>;

interface OpenPanel {
  readonly panel: PlaygroundPanel;
  readonly isRestored: boolean;
  /** Resolves when the page has said hello, or with the reason if the panel is closed before. */
  readonly greeted: Promise<PlaygroundError | undefined>;
  readonly endWaiting: (reason: PlaygroundError) => void;
}

export class Playground extends Disposable {
  private readonly options: PlaygroundOptions;
  private readonly seen = this.register(new vscode.EventEmitter<void>());
  private user: PlaygroundUser | undefined;
  private current: OpenPanel | undefined;
  /** Panels that no page of this host's is in are being closed; one may be restored meanwhile. */
  private closing = false;

  /** The panel may have come into sight, or gone from it. */
  readonly onDidChangeVisibility = this.seen.event;

  constructor(options: PlaygroundOptions) {
    super();
    this.options = options;
  }

  /** Names who answers, and lets VS Code restore panels from now on. Call once. */
  use(user: PlaygroundUser): void {
    this.user = user;
    this.register(
      vscode.window.registerWebviewPanelSerializer(playgroundViewType, {
        deserializeWebviewPanel: (panel) => {
          if (this.closing || this.current !== undefined) panel.dispose();
          else this.adopt(PlaygroundPanel.restore(panel, this.panelOptions()), true);
          return Promise.resolve();
        },
      }),
    );
  }

  get visible(): boolean {
    return this.current?.panel.visible ?? false;
  }

  /** Whether the panel is one that VS Code brought back. */
  get isRestored(): boolean {
    return this.current?.isRestored ?? false;
  }

  /** The page's endpoint, if the panel is open. */
  get endpoint(): PlaygroundEndpoint | undefined {
    return this.current?.panel.endpoint;
  }

  /**
   * Shows the panel and waits until its page has said hello. Rejects with 'page-silent' if it does
   * not in time, with 'cancelled' if `signal` is aborted before, and with 'disposed' if the user
   * closes the panel.
   */
  async open(signal?: AbortSignal): Promise<PlaygroundEndpoint> {
    if (this.current === undefined) await this.makePlace();
    const open = this.current ?? this.adopt(PlaygroundPanel.create(this.panelOptions()), false);
    open.panel.reveal();
    const closed = await inTime(open.greeted, { seconds: helloWithin, late: pageSilent, signal });
    if (closed !== undefined) throw closed;
    return open.panel.endpoint;
  }

  override dispose(): void {
    super.dispose();
    this.current?.panel.dispose();
  }

  /** A panel that is restored while its tab is being closed would be gone in a moment. */
  private async makePlace(): Promise<void> {
    this.closing = true;
    try {
      // Its engine waits with the next snapshot, then trains on, and nothing of it can be kept.
      await closeOrphans(playgroundViewType);
    } finally {
      this.closing = false;
    }
  }

  private panelOptions(): PanelOptions {
    return {
      ...this.options,
      onClosed: () => {
        this.current?.endWaiting(closedEarly());
        this.current = undefined;
        this.user?.closed();
        this.seen.fire();
      },
      onVisibility: () => {
        this.seen.fire();
      },
    };
  }

  private adopt(panel: PlaygroundPanel, isRestored: boolean): OpenPanel {
    let greet = (): void => undefined;
    let endWaiting: OpenPanel['endWaiting'] = () => undefined;
    const greeted = new Promise<PlaygroundError | undefined>((resolve) => {
      greet = () => {
        resolve(undefined);
      };
      endWaiting = resolve;
    });
    const open: OpenPanel = { panel, isRestored, greeted, endWaiting };
    this.current = open;
    const handlers = this.user?.opened(panel.endpoint);
    if (handlers === undefined) return open;
    panel.endpoint.serve(
      {
        ...handlers,
        hello: async (params, context) => {
          const view = await handlers.hello(params, context);
          // After the answer, which leaves in a microtask: what is sent next must find the page
          // drawn.
          setTimeout(greet);
          return view;
        },
      },
      hostValidators,
    );
    return open;
  }
}

function pageSilent(): PlaygroundError {
  return new PlaygroundError({
    code: 'page-silent',
    message: vscode.l10n.t('The playground’s page did not start within {0} s.', helloWithin),
    remedy: vscode.l10n.t(
      'Close it and run the command again; if that does not help, reload the window.',
    ),
  });
}

/** Of the same code as what an open page is asked when it is closed: the user's own doing. */
function closedEarly(): PlaygroundError {
  return new PlaygroundError({
    code: 'disposed',
    message: vscode.l10n.t('The playground was closed before it had started.'),
    remedy: vscode.l10n.t('Run the command again.'),
  });
}
