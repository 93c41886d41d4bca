/** @file The loss over the steps, with the lines to compare it with. */
import { useComputed } from '@preact/signals';
import { LineChart } from '../charts/LineChart';
import { LinkButton } from '../controls/LinkButton';
import { Panel } from '../controls/Panel';
import { formatMeasure } from '../format';
import { glossaryId } from './Glossary';
import { lossChart } from './lossChart';
import { usePage } from './pageContext';

export function MetricsPanel() {
  const { state, form } = usePage();
  const data = useComputed(() =>
    lossChart(state.history.points.value, state.facts.value?.baselines, state.history.gained.value),
  );
  const explained = form.open.value[glossaryId] === true;
  return (
    <Panel
      id="metrics"
      title="Loss"
      actions={
        <LinkButton
          label="What do these numbers mean?"
          expanded={explained}
          controls={glossaryId}
          onPress={() => {
            form.setOpen(glossaryId, !explained);
          }}
        />
      }
    >
      <LineChart
        label="Loss over the steps"
        data={data}
        visible={state.visible}
        format={formatMeasure}
        empty={`The loss curve starts with the first step.${state.isActive.value ? '' : ' Press Train.'}`}
      />
    </Panel>
  );
}
