/** @file What the generation view is told of the engine. Knows no webview. */
import type { EngineState } from '../../webview/protocol/engineApi';
import type { GenerationView } from '../../webview/protocol/generationApi';
import { lookedRun } from '../engine/lookedRun';

/** What the view follows. */
export interface Followed {
  readonly state: EngineState;
  /** Of the run in the engine, or the one that was in it last. */
  readonly runName: string;
  /** Whether a saved run can be continued. */
  readonly resumable: boolean;
  /** Paths of the trace points of the run's model. */
  readonly paths: readonly string[];
}

export function generationView({ state, runName, resumable, paths }: Followed): GenerationView {
  const run = lookedRun(state, runName);
  return {
    phase: state.phase,
    ...(run && { run }),
    ...(state.phase === 'loading' && { activity: state.activity }),
    ...(state.phase === 'failed' && { failure: state.failure }),
    resumable,
    attends: lastPattern(paths) !== undefined,
  };
}

/** The attention that decides last what is written; undefined for a model without any. */
export function lastPattern(paths: readonly string[]): string | undefined {
  return paths.findLast((path) => path.endsWith('.pattern'));
}
