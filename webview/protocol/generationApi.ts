/**
 * @file What the host and the generation view serve each other. The host passes what is asked of
 * the engine on to the playground's page: the two pages do not know each other.
 */
import type { LookedRun } from './attentionApi';
import type { Failure } from '../config/errors';
import type { Contract } from './contract';
import type { EngineApi, EngineState, Generated } from './engineApi';

/** What the page follows: sent in answer to `hello`, and whole again on every change. */
export interface GenerationView {
  readonly phase: EngineState['phase'];
  /** Absent while no model is in the engine. */
  readonly run?: LookedRun;
  /** What is being done while a model is loaded. */
  readonly activity?: string;
  /** Why the engine stopped. */
  readonly failure?: Failure;
  /** Whether a saved run can be continued. */
  readonly resumable: boolean;
  /** Whether the model has attention to be looked at. */
  readonly attends: boolean;
}

/** Commands of the host that the page may run, and no others. */
export const generationCommands = [
  'transformerPlayground.trainTinyModel',
  'transformerPlayground.openPlayground',
  'transformerPlayground.resumeLastRun',
] as const;

export type GenerationCommand = (typeof generationCommands)[number];

/** A token that was written, whose attention is to be shown. */
export interface LookedToken {
  readonly prompt: string;
  /** Ids that follow the prompt; the last is the one that looks. */
  readonly after: Int32Array;
}

/** Served by the host. */
export interface GenerationHostApi extends Contract {
  requests: Pick<EngineApi['requests'], 'generate' | 'nextToken' | 'tokenize'> & {
    hello: { params: null; result: GenerationView };
    showAttention: { params: LookedToken; result: null };
    runCommand: { params: { command: GenerationCommand }; result: null };
    copyText: { params: { text: string }; result: null };
    log: { params: { level: 'info' | 'warning' | 'error'; message: string }; result: null };
  };
  events: {
    view: GenerationView;
    visibility: { readonly visible: boolean };
    /** Of what this page asked for, and of nothing else. */
    generated: Generated;
  };
}

/** The page answers nothing and tells nothing: it asks. */
export interface GenerationPageApi extends Contract {
  requests: Record<string, never>;
  events: Record<string, never>;
}
