/** @file Where the run stands: phase, step, speed, time left, epochs. */
import type { EngineState } from '../../protocol/engineApi';
import { ProgressBar } from '../controls/ProgressBar';
import { formatCount, formatDuration, formatSpeed, timeLeft } from '../format';
import { usePage } from './pageContext';

export function ProgressLine() {
  const { state } = usePage();
  const engine = state.engine.value;
  switch (engine.phase) {
    case 'idle':
      return (
        <p class="progress-line">
          {engine.last === undefined
            ? 'Ready.'
            : `${engine.last.outcome === 'finished' ? 'Finished' : 'Stopped'} at step ${formatCount(engine.last.step)} of ${formatCount(engine.last.steps)}.`}
        </p>
      );
    case 'failed':
      return (
        <p class="progress-line">
          {engine.step === undefined ? 'Failed.' : `Failed at step ${formatCount(engine.step)}.`}
        </p>
      );
    case 'loading':
      return (
        <div class="progress">
          <ProgressBar label="Loading" share={engine.progress} text={engine.activity} />
          <p class="progress-line">{engine.activity}</p>
        </div>
      );
    case 'training':
    case 'paused':
      return <Steps engine={engine} />;
    default:
      return engine satisfies never;
  }
}

function Steps({ engine }: { readonly engine: EngineState & { phase: 'training' | 'paused' } }) {
  const { state } = usePage();
  const points = state.history.points.value;
  const last = points.at(-1);
  const facts = state.facts.value;
  const step = Math.max(engine.step, last?.step ?? 0);
  const left = timeLeft(points, step, engine.steps);
  const epochs =
    last === undefined || facts === undefined || facts.trainTokens === 0
      ? undefined
      : last.tokens / facts.trainTokens;
  const parts = [
    `${engine.phase === 'paused' ? 'Paused at step' : 'Step'} ${formatCount(step)} of ${formatCount(engine.steps)}`,
    ...(last?.tokensPerSecond === undefined ? [] : [formatSpeed(last.tokensPerSecond)]),
    ...(left === undefined ? [] : [`${formatDuration(left)} left`]),
    ...(epochs === undefined ? [] : [`${epochs.toFixed(2)} epochs`]),
  ];
  return (
    <div class="progress">
      <ProgressBar label="Training" share={step / engine.steps} text={parts[0]} />
      <p class="progress-line">{parts.join(' · ')}</p>
    </div>
  );
}
