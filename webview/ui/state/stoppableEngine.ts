/**
 * @file Makes Stop and Cancel work while an engine loads: deep in a large tensor or a trial step it
 * hears nothing, and nothing of a run that is being loaded is lost with its worker.
 */
import type { ReadonlySignal } from '@preact/signals';
import { cancelled, isPlaygroundError } from '../../protocol/errors';
import type { EngineState } from '../../protocol/engineApi';
import type { EngineConnection } from './engineConnection';

/** Milliseconds in which an engine that loads must have heard. */
export const patience = 2000;

export interface StoppableEngine extends Pick<EngineConnection, 'request'> {
  /** Ends the run, or what is being loaded. */
  readonly stop: () => Promise<EngineState>;
}

interface Surroundings {
  /** Every phase of the engine, as it is told. */
  readonly state: ReadonlySignal<EngineState>;
  /** The engine was ended with what it was loading. */
  readonly onEnded: () => void;
}

/** A load that was given up. */
interface GivenUp {
  readonly runId: string;
  readonly timer: ReturnType<typeof setTimeout>;
}

export function stoppableEngine(
  engine: Pick<EngineConnection, 'request' | 'abandon'>,
  { state, onEnded }: Surroundings,
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
      try {
        return await engine.request('stop', null);
      } catch (error) {
        if (isPlaygroundError(error, 'cancelled')) return state.value;
        throw error;
      }
    },
  };
}
