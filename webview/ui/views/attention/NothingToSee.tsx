/** @file Why there is no picture, and what to do about it. */
import { Button } from '../../controls/Button';
import { useAttention } from './attentionContext';
import type { AttentionState } from './attentionState';

export function NothingToSee() {
  const { state, actions } = useAttention();
  const why = reason(state);
  if (why === undefined) return null;
  return (
    <div class="nothing-to-see">
      <p>{why.text}</p>
      {why.opens && (
        <Button label="Open Playground" appearance="primary" onPress={actions.openPlayground} />
      )}
    </div>
  );
}

interface Reason {
  readonly text: string;
  /** What helps is in the playground. */
  readonly opens: boolean;
}

function reason(state: AttentionState): Reason | undefined {
  const view = state.view.value;
  const maps = state.maps.value;
  if (view === undefined) return { text: 'Connecting …', opens: false };
  if (maps?.modules.length === 0) {
    return {
      text: 'This model has no attention: it has no layers. Train one with at least one layer.',
      opens: true,
    };
  }
  if (state.isPictured.value) return undefined;
  if (view.phase === 'loading') {
    return { text: 'The model is being loaded. Then its attention shows here.', opens: true };
  }
  if (view.run === undefined) {
    return {
      text: 'No model is loaded. Train one in the playground: its attention shows here from the first step on.',
      opens: true,
    };
  }
  if (state.looked.value === undefined) {
    return state.source.value === 'typed'
      ? { text: 'Type a text above: the model’s attention on it shows here.', opens: false }
      : { text: 'Choose another text above until the model has written one.', opens: false };
  }
  if (state.failure.value !== undefined) return undefined;
  return { text: 'Looking at the model …', opens: false };
}
