/** @file What the attention page is told of engine, selection and texts. Knows no panel. */
import type { AttentionView, LookedRun } from '../../webview/protocol/attentionApi';
import type { EngineState } from '../../webview/protocol/engineApi';
import type { Selection } from '../../webview/protocol/selection';

/** What the page follows. */
export interface Followed {
  readonly state: EngineState;
  /** Of the run in the engine, or the one that was in it last. */
  readonly runName: string;
  readonly selection: Selection | undefined;
  /** What the model wrote last. */
  readonly written: string;
}

export function attentionView({ state, runName, selection, written }: Followed): AttentionView {
  const run = lookedRun(state, runName);
  return {
    phase: state.phase,
    ...(run && { run }),
    ...(selection && { selection }),
    ...(written !== '' && { written }),
  };
}

/** A run whose model is in the engine: in training, paused, or kept after its end. */
function lookedRun(state: EngineState, name: string): LookedRun | undefined {
  switch (state.phase) {
    case 'training':
    case 'paused':
      return { runId: state.runId, name, step: state.step };
    case 'idle': {
      const { last } = state;
      if (last === undefined || last.unloaded === true) return undefined;
      return { runId: last.runId, name, step: last.step };
    }
    case 'loading':
    case 'failed':
      return undefined;
    default:
      return state satisfies never;
  }
}
