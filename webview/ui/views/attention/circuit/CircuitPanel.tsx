/** @file The circuits of a head: whole tokens against whole tokens, read off its weights. */
import { Button } from '../../../controls/Button';
import { Panel } from '../../../controls/Panel';
import type { Circuit } from '../../../../protocol/circuit';
import { useAttention } from '../attentionContext';
import { FailureNote } from '../deeper/FailureNote';
import { headName } from '../shownMaps';
import { CircuitFigure } from './CircuitFigure';
import type { AskedCircuit } from './circuitState';
import './circuit.css';

export function CircuitPanel() {
  const { state, deeper } = useAttention();
  const { circuit } = deeper;
  const current = state.current.value;
  const shown = circuit.question.shown.value;
  const isAsking = circuit.question.isAsking.value;
  const isOn = circuit.isOn.value;
  const isHead = typeof current?.head === 'number';
  return (
    <Panel
      id="circuit"
      title="Whole circuits"
      actions={
        <Button
          label={isOn ? 'Look Again' : 'Look'}
          disabled={isAsking || !isHead}
          hint={isHead ? undefined : 'Open a single head: a mean of heads has no weights.'}
          onPress={circuit.look}
        />
      }
    >
      <p class="panel-note">
        What the head that is open would do with any two tokens, read off the weights alone. Left
        out are norms, biases, positions and all other layers: this is exact only for a head that
        reads the embedding itself, and a tendency for all others.
      </p>
      <FailureNote failure={circuit.question.failure.value} />
      {isOn && !isHead && (
        <p class="panel-note">Open a single head above: a mean of heads has no weights.</p>
      )}
      {isAsking && shown === undefined && <p class="panel-note">Multiplying the weights …</p>}
      {shown !== undefined && <Circuits {...shown} />}
    </Panel>
  );
}

interface CircuitsProps {
  readonly asked: AskedCircuit;
  readonly answer: Circuit;
}

function Circuits({ asked, answer }: CircuitsProps) {
  const { tokens, queryKey, outputValue, step } = answer;
  const shared = { head: headName(asked), tokens, step };
  return (
    <div class="circuits">
      {queryKey === undefined ? (
        <p class="panel-note">
          Attention of this model is uniform: it looks at all tokens alike, so that nothing is asked
          and there is no QK circuit.
        </p>
      ) : (
        <CircuitFigure kind="queryKey" values={queryKey} {...shared} />
      )}
      <CircuitFigure kind="outputValue" values={outputValue} {...shared} />
    </div>
  );
}
