/**
 * @file Makes Stop and Cancel work while an engine loads: deep in a large tensor or a trial step it
 * hears nothing, and nothing of a run that is being loaded is lost with its worker.
 */
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
  readonly current: () => EngineState;
  /** The engine was ended with what it was loading. */
  readonly onEnded: () => void;
}

export function stoppableEngine(
  engine: Pick<EngineConnection, 'request' | 'abandon'>,
  { current, onEnded }: Surroundings,
): StoppableEngine {
  const giveUp = (): void => {
    const asked = current();
    if (asked.phase !== 'loading') return;
    setTimeout(() => {
      const now = current();
      if (now.phase !== 'loading' || now.runId !== asked.runId) return;
      onEnded();
      void engine.abandon(cancelled('Loading'));
    }, patience);
  };
  return {
    request: (name, params, options) => {
      if (name === 'start') options?.signal?.addEventListener('abort', giveUp, { once: true });
      return engine.request(name, params, options);
    },
    stop: async () => {
      giveUp();
      try {
        return await engine.request('stop', null);
      } catch (error) {
        if (isPlaygroundError(error, 'cancelled')) return current();
        throw error;
      }
    },
  };
}
