/** @file The logit lens: what the model would say if it had to answer after each layer. */
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../../../config/counts';
import type { LogitLens } from '../../../../protocol/logitLens';
import { Button } from '../../../controls/Button';
import { LinkButton } from '../../../controls/LinkButton';
import { Panel } from '../../../controls/Panel';
import { nameToken } from '../../../heatmap/reading';
import { formatChoices, formatProbability } from '../../generation/probability';
import { useAttention } from '../attentionContext';
import { FailureNote } from '../deeper/FailureNote';
import { depthName, describeLensCell, lensCsv, lensReader, type LensPlace } from './lensReading';
import { LensTable } from './LensTable';
import './lens.css';

export function LensPanel() {
  const { deeper } = useAttention();
  const { lens } = deeper;
  const shown = lens.question.shown.value;
  const isAsking = lens.question.isAsking.value;
  const isOn = lens.isOn.value;
  return (
    <Panel
      id="lens"
      title="Logit lens"
      actions={
        <Button label={isOn ? 'Look Again' : 'Look'} disabled={isAsking} onPress={lens.look} />
      }
    >
      <p class="panel-note">
        What the model would say next if it had to answer after each layer: the residual stream
        there, put through the final norm and the unembedding, which makes scores of tokens from it.
        Early layers were not trained to be read this way, so that they may look worse than they
        are.
      </p>
      <FailureNote failure={lens.question.failure.value} />
      {isAsking && shown === undefined && <p class="panel-note">Looking at each layer …</p>}
      {shown !== undefined && <Lens answer={shown.answer} />}
    </Panel>
  );
}

function Lens({ answer }: { readonly answer: LogitLens }) {
  const { deeper, actions } = useAttention();
  const { lens } = deeper;
  const place = lens.pointed.value ?? lens.kept.value;
  return (
    <>
      <p class="panel-note">
        Step {formatCount(answer.step)}. A ✓ marks a layer that already says the token that comes
        next. The stronger the colour, the surer it is.{' '}
        <LinkButton
          label="Save as CSV"
          onPress={() => {
            const bytes = new TextEncoder().encode(lensCsv(answer)).buffer;
            const name = `logit-lens-step-${answer.step}.csv`;
            actions.save(() => Promise.resolve({ kind: 'csv', name, bytes }));
          }}
        />
      </p>
      <LensTable lens={answer} />
      <div class="lens-detail" role="status">
        {place === undefined ? (
          <p class="panel-note">
            Point at a cell, or move among them with the arrow keys, to read it.
          </p>
        ) : (
          <Detail lens={answer} place={place} />
        )}
      </div>
    </>
  );
}

interface DetailProps {
  readonly lens: LogitLens;
  readonly place: LensPlace;
}

function Detail({ lens, place }: DetailProps) {
  const read = useMemo(() => lensReader(lens), [lens]);
  const cell = read(place);
  const { top, entropy, truth } = cell;
  const labels = lens.tokens.map(({ label }) => label);
  return (
    <>
      <p class="visually-hidden">{describeLensCell(lens, place, cell)}</p>
      <h3>
        {depthName(lens, place.depth)}, at {nameToken(labels, place.position)}
      </h3>
      <ol>
        {top.map(({ id, label, probability }) => (
          <li class="row-bar" key={id}>
            <span class="row-bar-token">{label}</span>
            <span class="row-bar-track" aria-hidden="true">
              <span
                class="row-bar-fill"
                style={{ display: 'block', width: `${probability * 100}%` }}
              />
            </span>
            <span>{formatProbability(probability)}</span>
          </li>
        ))}
      </ol>
      <p class="panel-note">
        {truth === undefined
          ? 'What comes after the last token is not known. '
          : `“${truth.label}” comes next: rank ${formatCount(truth.rank)}, ${formatProbability(truth.probability)}. `}
        Entropy {entropy.toFixed(2)} nats, as undecided as among {formatChoices(entropy)} equally
        likely tokens.
      </p>
    </>
  );
}
