/**
 * @file What the host and the attention page serve each other. The host passes what is asked of the
 * engine on to the playground's page: the two pages do not know each other.
 */
import type {
  AttentionMaps,
  AttentionRequest,
  FollowedToken,
  FollowRequest,
  HeadRolesFound,
  HeadRolesRequest,
  ModelText,
} from './attentionMaps';
import type { Circuit, CircuitRequest } from './circuit';
import type { Contract } from './contract';
import type { EngineApi, EngineState } from './engineApi';
import type { ModelDescription } from './inspectionApi';
import type { LogitLens, LogitLensRequest } from './logitLens';
import type { Moment, MomentRequest, Moments, MomentSummary } from './moments';
import type { Selection } from './selection';
import type { WhatIfRequest, WhatIfResult } from './whatIf';

/** A run whose model can be looked at: in training, or loaded still. */
export interface LookedRun {
  readonly runId: string;
  readonly name: string;
  /** Steps that its weights have learned. */
  readonly step: number;
}

/** A text of a model that can be told from those before it without being read. */
export interface NumberedText {
  /** Counts up. */
  readonly number: number;
  readonly text: ModelText;
}

/** What the page follows: sent in answer to `hello`, and whole again on every change. */
export interface AttentionView {
  readonly phase: EngineState['phase'];
  /** Absent while no model is in the engine. */
  readonly run?: LookedRun;
  readonly selection?: Selection;
  /** The text that the model wrote last, as it grows. */
  readonly written?: NumberedText;
  /**
   * What another view has sent here last, to see where its last token looks. It is shown once: a
   * page that knows the number has done so.
   */
  readonly given?: NumberedText;
}

/** A file of what is seen, to be saved where the user chooses. */
export interface PictureFile {
  readonly kind: 'png' | 'svg' | 'csv';
  /** Suggested, with its extension. */
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** Served by the host. */
export interface AttentionHostApi extends Contract {
  requests: {
    hello: { params: null; result: AttentionView };
    attention: { params: AttentionRequest; result: AttentionMaps };
    headRoles: { params: HeadRolesRequest; result: HeadRolesFound };
    follow: { params: FollowRequest; result: FollowedToken };
    describe: { params: null; result: ModelDescription };
    tokenize: EngineApi['requests']['tokenize'];
    whatIf: { params: WhatIfRequest; result: WhatIfResult };
    logitLens: { params: LogitLensRequest; result: LogitLens };
    circuit: { params: CircuitRequest; result: Circuit };
    /** `moment` events follow, of what is seen later. */
    moments: { params: null; result: Moments };
    moment: { params: MomentRequest; result: Moment };
    /** The user chose a place on the page: everything else that shows it follows. */
    select: { params: Selection; result: null };
    openPlayground: { params: null; result: null };
    goToSource: { params: { path: string }; result: null };
    showExplanation: { params: { path: string }; result: null };
    /** Not saved: the user has chosen no place. */
    save: { params: PictureFile; result: { saved: boolean } };
    log: { params: { level: 'info' | 'warning' | 'error'; message: string }; result: null };
  };
  events: {
    view: AttentionView;
    moment: MomentSummary;
    visibility: { readonly visible: boolean };
  };
}

/** The page answers nothing and tells nothing: it asks. */
export interface AttentionPageApi extends Contract {
  requests: Record<string, never>;
  events: Record<string, never>;
}
