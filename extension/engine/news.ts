/** @file What happens to a run without anybody asking for it. Shows nothing. */
import type { PlaygroundError } from '../../webview/config/errors';
import type { ActiveRun } from './activeRun';

/** What happened to a run, for whoever tells the user. */
export type EngineNews =
  | { readonly kind: 'ended'; readonly run: ActiveRun; readonly outcome: 'finished' | 'stopped' }
  | { readonly kind: 'failed'; readonly run: ActiveRun; readonly error: PlaygroundError }
  /** The panel was closed with the run in it. */
  | {
      readonly kind: 'closed';
      readonly run: ActiveRun;
      readonly step: number;
      readonly lost: number;
    }
  /** The page lives on with a new engine, which continues the run. */
  | {
      readonly kind: 'recovered';
      readonly run: ActiveRun;
      readonly lost: number;
      readonly cause: 'page' | 'device';
    }
  | { readonly kind: 'not-saved'; readonly run: ActiveRun; readonly error: unknown }
  /** It ended, and its folder did not take its last snapshot: it is kept elsewhere now. */
  | { readonly kind: 'rescued'; readonly run: ActiveRun; readonly error: unknown }
  | { readonly kind: 'taken'; readonly run: ActiveRun };
