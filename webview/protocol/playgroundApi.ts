/**
 * @file What the host and the playground page serve each other. The page passes the engine's API
 * on, so that the host speaks to the engine as if it were next door.
 */
import type { BackendChoice } from '../config/backend';
import type { ModelConfig } from '../config/model';
import type { RunConfig } from '../config/run';
import type { MetricPoint, Sample } from '../formats/metrics';
import type { Contract } from './contract';
import type { EngineApi, RunFacts, Snapshot } from './engineApi';
import type { RoleGained } from './moments';
import type { SelectedView } from './selectedView';
import type { Selection } from './selection';

/** A run as the host knows it. */
export interface RunSummary {
  readonly runId: string;
  readonly name: string;
  readonly step: number;
  readonly steps: number;
  readonly validationLoss?: number;
}

/** What a page needs to draw itself: sent in answer to `hello`, and whole again on every change. */
export interface PlaygroundView {
  readonly backend: BackendChoice;
  /**
   * Of the text that a configuration for a text of the user's is trained on; absent until there is
   * one.
   */
  readonly textName?: string;
  /** The run in the engine, or the one that was in it last, loaded or not. */
  readonly run?: { readonly runId: string; readonly name: string };
  /** A run that was active when its engine went away and can be continued. */
  readonly resumable?: RunSummary;
  /**
   * The newest run, while a window has claimed it: that of before a reload, for half a minute at
   * most, or one that trains it. Shown as `history` only on a page that VS Code brought back.
   */
  readonly claimed?: RunSummary;
  /**
   * The run of `history` is in the engine of another window: what it has written so far is shown.
   */
  readonly watching: boolean;
  /** What was measured, written and found so far: of the run being continued, or watched. */
  readonly history?: {
    readonly facts: RunFacts;
    readonly metrics: readonly MetricPoint[];
    readonly samples: readonly Sample[];
    /** What heads have become: the marks of the curve. */
    readonly gained: readonly RoleGained[];
  };
  readonly trusted: boolean;
  /** How the model's source should show its shapes and numbers, but VS Code has it switched off. */
  readonly hiddenAnnotations?: 'codeLens' | 'inlayHints';
}

/** Commands of the host that a page may run, and no others. */
export const pageCommands = [
  'transformerPlayground.trainTinyModel',
  'transformerPlayground.saveCheckpoint',
  'transformerPlayground.chooseBackend',
  'transformerPlayground.copyDiagnostics',
  'transformerPlayground.showLog',
  'transformerPlayground.turnOnAnnotations',
  // Of what is selected.
  'transformerPlayground.goToSource',
  'transformerPlayground.showAttention',
  'transformerPlayground.explain',
] as const;

export type PageCommand = (typeof pageCommands)[number];

/** Served by the host. */
export interface HostApi extends Contract {
  requests: {
    hello: { params: null; result: PlaygroundView };
    /** Answered at once, whatever else the host is doing: the page sees that it is there. */
    ping: { params: null; result: null };
    /** The user pressed Train: the host makes the run and starts it through the page. */
    train: { params: { config: RunConfig }; result: null };
    /** The model that stands in the form: before a run, the source shows its shapes. */
    configured: { params: { model: ModelConfig }; result: null };
    /** Lets the user choose the text that `train` takes: the next view names it. */
    chooseText: { params: null; result: null };
    /** Continues a saved run: the one of the button that was pressed, and no newer one. */
    resumeRun: { params: { runId: string }; result: null };
    storeSnapshot: { params: Snapshot; result: null };
    runCommand: { params: { command: PageCommand }; result: null };
    /** The user chose a place on the page, or none: everything else that shows it follows. */
    select: { params: { selection?: Selection }; result: null };
    copyText: { params: { text: string }; result: null };
    log: { params: { level: 'info' | 'warning' | 'error'; message: string }; result: null };
  };
  events: {
    view: PlaygroundView;
    /** What is selected, and what is known of it now; null while nothing is. */
    selected: SelectedView | null;
    /** The user wants to see what is selected: a `selected` event comes before or after. */
    showSelected: null;
    visibility: { readonly visible: boolean };
    /** A snapshot that the host asked for is on disk; one that the page sent is answered. */
    stored: { readonly runId: string };
  };
}

/** Served by the page: the engine's API, passed on, and the page's own. */
export interface PlaygroundPageApi extends Contract {
  requests: EngineApi['requests'];
  events: EngineApi['events'];
}
