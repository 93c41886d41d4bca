/**
 * @file What the panels below the pictures know: what was changed, what the lens and a circuit
 * show, the moments of the run. They ask the engine by themselves, for the text on the page.
 */
import { computed } from '@preact/signals';
import type { AttentionState } from '../attentionState';
import type { AttentionHost, ShownText } from './asking';
import { CircuitState } from '../circuit/circuitState';
import { LensState } from '../lens/lensState';
import { TimeState } from '../time/timeState';
import { WhatIfState } from '../whatIf/whatIfState';

export interface Deeper {
  readonly text: ShownText;
  readonly whatIf: WhatIfState;
  readonly lens: LensState;
  readonly time: TimeState;
  readonly circuit: CircuitState;
}

export function deeperOf(state: AttentionState, host: AttentionHost): Deeper {
  const text = shownTextOf(state);
  const runId = computed(() => state.view.value?.run?.runId);
  return {
    text,
    whatIf: new WhatIfState(text, host),
    lens: new LensState(text, host),
    time: new TimeState({ host, runId, visible: state.visible }),
    circuit: new CircuitState(text, host, state.current),
  };
}

function shownTextOf(state: AttentionState): ShownText {
  let before: Int32Array | undefined;
  const ids = computed(() => {
    const tokens = state.maps.value?.tokens;
    const isSame =
      tokens?.length === before?.length && tokens?.every(({ id }, at) => before?.[at] === id);
    if (isSame !== true) before = tokens && Int32Array.from(tokens, ({ id }) => id);
    return before;
  });
  return {
    ids,
    standing: computed(() =>
      state.view.value?.phase === 'training' ? undefined : state.view.value?.run?.step,
    ),
    runId: computed(() => state.maps.value?.runId),
    visible: state.visible,
  };
}
