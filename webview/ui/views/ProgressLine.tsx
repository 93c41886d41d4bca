/**
 * @file Where the run stands: phase, step, time left and speed in a line, and a bar along the
 * header's edge.
 */
import { formatCount } from '../../config/counts';
import { formatDuration } from '../../formats/duration';
import { timeLeft } from '../../formats/timeLeft';
import type { EngineState } from '../../protocol/engineApi';
import { ProgressBar } from '../controls/ProgressBar';
import { formatSpeed } from '../format';
import { engineIsGone } from './failedRun';
import { usePage } from './pageContext';

type Stepping = EngineState & { phase: 'training' | 'paused' };

export function ProgressText() {
  const page = usePage();
  const engine = page.state.engine.value;
  const text = progressText(engine, page);
  return (
    <p
      class={`progress-line${engine.phase === 'training' ? ' progress-line-training' : ''}`}
      title={text}
    >
      {text}
    </p>
  );
}

export function ProgressEdge() {
  const page = usePage();
  const engine = page.state.engine.value;
  switch (engine.phase) {
    case 'idle':
    case 'failed':
      return null;
    case 'loading':
      return <ProgressBar label="Loading" share={engine.progress} text={engine.activity} />;
    case 'training':
    case 'paused': {
      const step = stepOf(engine, page);
      return (
        <ProgressBar label="Training" share={step / engine.steps} text={stepText(engine, step)} />
      );
    }
    default:
      return engine satisfies never;
  }
}

function progressText(engine: EngineState, page: ReturnType<typeof usePage>): string {
  if (page.state.isWatching.value) return watchingText(page.state);
  switch (engine.phase) {
    case 'idle': {
      if (engine.last === undefined) return 'Ready.';
      const { outcome, step, steps } = engine.last;
      return `${outcome === 'finished' ? 'Finished' : 'Stopped'} at step ${formatCount(step)} of ${formatCount(steps)}.`;
    }
    case 'failed':
      return failedText(engine);
    case 'loading':
      return engine.activity;
    case 'training':
    case 'paused': {
      const points = page.state.history.points.value;
      const speed = points.findLast((point) => point.tokensPerSecond !== undefined);
      const step = stepOf(engine, page);
      const facts = page.state.facts.value;
      const left = facts && timeLeft(points, facts.config.training, facts.step);
      return [
        stepText(engine, step),
        ...(left === undefined ? [] : [`${formatDuration(left)} left`]),
        ...(speed === undefined ? [] : [formatSpeed(speed.tokensPerSecond)]),
      ].join(' · ');
    }
    default:
      return engine satisfies never;
  }
}

/** A run that diverged did so some steps before it was noticed: the failure says at which. */
function failedText({ runId, step, failure }: EngineState & { phase: 'failed' }): string {
  // No run failed: one that had ended stands on the page as it was.
  if (runId === undefined) return `${engineIsGone}.`;
  if (failure.code === 'training-diverged') return 'Diverged.';
  return step === undefined ? 'Failed.' : `Failed at step ${formatCount(step)}.`;
}

function watchingText({ history, facts }: ReturnType<typeof usePage>['state']): string {
  const step = history.points.value.at(-1)?.step ?? 0;
  const steps = facts.value?.config.training.steps ?? 0;
  return `In another window: step ${formatCount(step)} of ${formatCount(steps)}, as of its last snapshot`;
}

function stepText({ phase, steps }: Stepping, step: number): string {
  return `${phase === 'paused' ? 'Paused at step' : 'Step'} ${formatCount(step)} of ${formatCount(steps)}`;
}

/** Points and phases come apart: the later of both. */
function stepOf(engine: Stepping, { state }: ReturnType<typeof usePage>): number {
  return Math.max(engine.step, state.history.points.value.at(-1)?.step ?? 0);
}
