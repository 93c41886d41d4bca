/**
 * @file Makes Stop and Cancel work with an engine that hears nothing. One that loads is soon ended:
 * nothing of its run is lost with it. One that trains is given up where it is silent for longer
 * than any step took.
 */
import type { ReadonlySignal } from '@preact/signals';
import { formatDuration } from '../../formats/duration';
import type { MetricPoint } from '../../formats/metrics';
import { cancelled, isPlaygroundError } from '../../protocol/errors';
import type { EngineState } from '../../protocol/engineApi';
import type { EngineConnection } from './engineConnection';
import { stopPatience } from './stopPatience';

/** Milliseconds in which an engine that loads must have heard. */
export const patience = 2000;

export interface StoppableEngine extends Pick<EngineConnection, 'request'> {
  /** Ends the run, or what is being loaded. */
  readonly stop: () => Promise<EngineState>;
}

interface Surroundings {
  /** Every phase of the engine, as it is told. */
  readonly state: ReadonlySignal<EngineState>;
  /** What the run on the page has measured. */
  readonly points: () => readonly MetricPoint[];
  /** The engine was ended with what it was loading. */
  readonly onEnded: () => void;
}

/** A load that was given up. */
interface GivenUp {
  readonly runId: string;
  readonly timer: ReturnType<typeof setTimeout>;
}

export function stoppableEngine(
  engine: Pick<EngineConnection, 'request' | 'abandon' | 'lose'>,
  { state, points, onEnded }: Surroundings,
): StoppableEngine {
  let givenUp: GivenUp | undefined;
  const spare = (): void => {
    clearTimeout(givenUp?.timer);
    givenUp = undefined;
  };
  const giveUp = (): void => {
    if (state.value.phase !== 'loading' || givenUp !== undefined) return;
    const timer = setTimeout(() => {
      givenUp = undefined;
      onEnded();
      void engine.abandon(cancelled('Loading'));
    }, patience);
    givenUp = { runId: state.value.runId, timer };
  };
  let losing: Promise<void> | undefined;
  /** Asked after Stop: messages come in order, so that whoever answers has heard it. */
  const loseIfSilent = (): void => {
    const { phase } = state.value;
    if (phase !== 'training' && phase !== 'paused') return;
    const ms = stopPatience(points());
    const timer = setTimeout(() => {
      losing = engine.lose(`it has not heard Stop for ${formatDuration(ms)}`);
    }, ms);
    const answered = (): void => {
      clearTimeout(timer);
    };
    engine.request('diagnostics', null).then(answered, answered);
  };
  state.subscribe((now) => {
    // It has heard. The same run may be loaded again at once, and is not to be ended for that.
    if (now.phase !== 'loading' || now.runId !== givenUp?.runId) spare();
  });
  return {
    request: (name, params, options) => {
      if (name === 'start') {
        // It takes the place of what was given up, and would end with its engine.
        spare();
        options?.signal?.addEventListener('abort', giveUp, { once: true });
      }
      return engine.request(name, params, options);
    },
    stop: async () => {
      giveUp();
      const stopped = engine.request('stop', null);
      loseIfSilent();
      try {
        return await stopped;
      } catch (error) {
        const lost = losing !== undefined && isPlaygroundError(error, 'engine-died');
        if (!lost && !isPlaygroundError(error, 'cancelled')) throw error;
        // The state tells it, and is to be told before it is answered.
        await losing;
        return state.value;
      }
    },
  };
}
