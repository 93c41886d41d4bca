/** @file What the attention page is told of engine, selection and texts. Knows no panel. */
import type { AttentionView, NumberedText } from '../../webview/protocol/attentionApi';
import type { EngineState } from '../../webview/protocol/engineApi';
import type { Selection } from '../../webview/protocol/selection';
import { lookedRun } from '../engine/lookedRun';

/** What the page follows. */
export interface Followed {
  readonly state: EngineState;
  /** Of the run in the engine, or the one that was in it last. */
  readonly runName: string;
  readonly selection: Selection | undefined;
  /** What the model wrote last. */
  readonly written?: NumberedText | undefined;
  /** What another view has sent to be looked at. */
  readonly given?: NumberedText | undefined;
}

export function attentionView(followed: Followed): AttentionView {
  const { state, runName, selection, written, given } = followed;
  const run = lookedRun(state, runName);
  return {
    phase: state.phase,
    ...(run && { run }),
    ...(selection && { selection }),
    ...(written && { written }),
    ...(given && { given }),
  };
}
