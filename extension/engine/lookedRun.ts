/** @file The run whose model is in the engine, as pages are told of it. Knows no page. */
import type { LookedRun } from '../../webview/protocol/attentionApi';
import type { EngineState } from '../../webview/protocol/engineApi';

/** A run whose model is in the engine: in training, paused, or kept after its end. */
export function lookedRun(state: EngineState, name: string): LookedRun | undefined {
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
