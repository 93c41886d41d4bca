/**
 * @file One token followed through one head: from its query to what it writes, step by step, with
 * the numbers of this model.
 */
import { Button } from '../../controls/Button';
import { Panel } from '../../controls/Panel';
import { formatCount } from '../../../config/counts';
import { nameToken } from '../../heatmap/reading';
import { useAttention } from './attentionContext';
import type { Following } from './attentionState';
import { followSteps, formatNumber, type FollowRow, type FollowStep } from './followSteps';
import { headName } from './shownMaps';
import { topOf, VectorStrip } from './VectorStrip';
import './follow.css';

export function FollowPanel() {
  const { state, actions } = useAttention();
  const maps = state.maps.value;
  const current = state.current.value;
  if (maps === undefined || current === undefined) return null;
  const query = state.kept.value?.query ?? maps.tokens.length - 1;
  const isHead = typeof current.head === 'number';
  const following = state.following.value;
  return (
    <Panel id="follow" title="Follow one token">
      <p class="panel-note">
        What one head computes for one token, with the real numbers. Mark a token in the picture,
        then follow it.
      </p>
      <Button
        label={`Follow ${nameToken(maps.labels, query)} Through ${headName(current)}`}
        disabled={!isHead}
        hint={isHead ? undefined : 'Open a single head: a mean of heads computes nothing itself.'}
        onPress={() => {
          state.followStep.value = 0;
          actions.follow(query);
        }}
      />
      {following !== undefined && <Steps following={following} />}
    </Panel>
  );
}

function Steps({ following }: { readonly following: Following }) {
  const { state } = useAttention();
  const { token, query, at } = following;
  const steps = followSteps(token, query);
  const index = Math.min(state.followStep.value, steps.length - 1);
  const step = steps[index];
  if (step === undefined) return null;
  const go = (to: number): void => {
    state.followStep.value = Math.min(steps.length - 1, Math.max(0, to));
  };
  return (
    <div
      class="follow-steps"
      role="group"
      aria-label="Steps"
      onKeyDown={(event) => {
        const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        if (move === 0) return;
        event.preventDefault();
        go(index + move);
        // Enter on the step that had the focus would lead back to it.
        const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('.follow-tab')];
        if (tabs.some((tab) => tab === document.activeElement)) tabs[index + move]?.focus();
      }}
    >
      <p class="panel-note">
        {nameToken(
          token.tokens.map(({ label }) => label),
          query,
        )}{' '}
        in {headName(at)}, step {formatCount(token.step)}
      </p>
      <ol class="follow-list">
        {steps.map(({ title }, place) => (
          <li key={title}>
            <button
              type="button"
              class={`follow-tab${place === index ? ' follow-tab-shown' : ''}`}
              aria-current={place === index ? 'step' : undefined}
              onClick={() => {
                go(place);
              }}
            >
              {place + 1} {title}
            </button>
          </li>
        ))}
      </ol>
      <div class="follow-step" aria-live="polite">
        <h3>
          {index + 1} of {steps.length}: {step.title}
        </h3>
        <p>{step.sentence}</p>
        <p class="follow-formula">
          <code>{step.formula}</code> <span class="panel-note">{step.shape}</span>
        </p>
        <StepNumbers step={step} />
      </div>
      <div class="follow-buttons">
        <Button
          label="Previous"
          disabled={index === 0}
          onPress={() => {
            go(index - 1);
          }}
        />
        <Button
          label="Next"
          disabled={index === steps.length - 1}
          onPress={() => {
            go(index + 1);
          }}
        />
      </div>
    </div>
  );
}

function StepNumbers({ step }: { readonly step: FollowStep }) {
  const { vectors, rows, before, after } = step;
  const top = topOf([
    ...vectors.map(({ values }) => values),
    ...rows.flatMap(({ vector }) => (vector ? [vector] : [])),
  ]);
  return (
    <>
      {vectors.length > 0 && (
        <dl class="follow-vectors">
          {vectors.map(({ name, values }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <VectorStrip name={name} values={values} top={top} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {rows.length > 0 && (
        <table class="follow-table">
          <thead>
            <tr>
              <th scope="col">key</th>
              {before !== undefined && <th scope="col">{before}</th>}
              {after !== undefined && <th scope="col">{after}</th>}
              {rows[0]?.vector !== undefined && (
                <th scope="col">{after === undefined ? 'key vector' : 'value vector'}</th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.key} row={row} top={top} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Row({ row, top }: { readonly row: FollowRow; readonly top: number }) {
  const { label, before, value, vector } = row;
  return (
    <tr>
      <th scope="row">{label}</th>
      {before !== undefined && <td>{formatNumber(before)}</td>}
      {value !== undefined && <td>{formatNumber(value)}</td>}
      {vector !== undefined && (
        <td>
          <VectorStrip name={label} values={vector} top={top} />
        </td>
      )}
    </tr>
  );
}
