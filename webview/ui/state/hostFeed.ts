/**
 * @file The engine's state and points on their way to the host: every point, but only a few
 * messages a second.
 */
import type { MetricPoint } from '../../formats/metrics';
import type { EngineState } from '../../protocol/engineApi';
import { throttle } from './throttle';

/** Milliseconds between two messages about a run that goes on as before. */
const tellEvery = 250;

export interface HostFeed {
  readonly state: (state: EngineState) => void;
  readonly metrics: (points: readonly MetricPoint[]) => void;
}

/** Tells more seldom what it is told; a new phase at once, after the points that came before it. */
export function hostFeed(tell: HostFeed): HostFeed {
  let points: MetricPoint[] = [];
  const idle: EngineState = { phase: 'idle' };
  let told: EngineState = idle;
  let newest: EngineState = idle;
  const waiting = throttle(tellEvery, () => {
    if (points.length > 0) tell.metrics(points);
    points = [];
    if (newest !== told) tell.state(newest);
    told = newest;
  });
  return {
    state: (state) => {
      const goesOn = state.phase === newest.phase && state.phase === 'training';
      newest = state;
      waiting.request();
      if (!goesOn) waiting.flush();
    },
    metrics: (more) => {
      points.push(...more);
      waiting.request();
    },
  };
}
