/** @file What a run tells, passed on as the engine's events. */
import type { EngineApi } from '../protocol/engineApi';
import type { RunEvents } from './activeRun';

type Events = EngineApi['events'];

export interface EventSink {
  readonly emit: <Name extends keyof Events>(name: Name, payload: Events[Name]) => void;
  /** Looks at a run where it is evaluated. */
  readonly observed?: RunEvents['observed'];
}

export function eventsTo({ emit, observed }: EventSink): RunEvents {
  return {
    metrics: (points) => {
      emit('metrics', points);
    },
    sample: (told) => {
      emit('sample', told);
    },
    notice: (notice) => {
      emit('notice', notice);
    },
    ...(observed && { observed }),
  };
}
