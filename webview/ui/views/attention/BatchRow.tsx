/** @file Which window of the batch is looked at. What was typed stays, wrong or right. */
import { useState } from 'preact/hooks';
import { formatCount } from '../../../config/counts';
import { Button } from '../../controls/Button';
import { NumberField } from '../../controls/NumberField';
import { useAttention } from './attentionContext';
import { batchWindow, noSuchWindow } from './batchWindow';

export function BatchRow() {
  const { state, deeper } = useAttention();
  const [text, setText] = useState(String(state.row.peek()));
  const windows = deeper.whatIf.size.value.batch;
  const typed = batchWindow(text, windows);
  const failure = state.failure.value;
  const refused =
    failure?.code === noSuchWindow ? `${failure.message} ${failure.remedy}` : undefined;
  const pictured = state.pictured.value;
  const stillShown =
    pictured?.source === 'batch' ? ` Window ${formatCount(pictured.row)} is still shown.` : '';
  const take = (row: number): void => {
    state.changeText(() => {
      state.row.value = row;
      state.window.value += 1;
    });
  };
  return (
    <div class="looked-row">
      <NumberField
        id="looked-row"
        label="Window of the batch"
        layout="above"
        help="Which piece of text of the batch, from 0. It is held while the model trains on, so that only the weights change."
        value={text}
        error={typed.ok ? refused : `${typed.error}${stillShown}`}
        min={0}
        max={windows === undefined ? Number.MAX_SAFE_INTEGER : windows - 1}
        step={1}
        onInput={(input) => {
          setText(input);
          const chosen = batchWindow(input, windows);
          if (chosen.ok) take(chosen.row);
        }}
      />
      <Button
        label="Newest Batch"
        icon="refresh"
        hint="Takes the window from the batch of the coming step."
        onPress={() => {
          setText(String(state.row.peek()));
          take(state.row.peek());
        }}
      />
    </div>
  );
}
