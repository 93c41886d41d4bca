/** @file One pass through a model with real weights: the scope that its source is handed. */
import { boundAxes } from '../config/axes';
import type { ModelShape } from '../config/model';
import { AxisSizes } from '../trace/axes';
import { rootScope, type Pass, type Scope } from '../trace/scope';
import type { Parameters } from './parameters';

export type PassOptions = Pick<Pass, 'listener' | 'dropout'>;

/** A scope over `parameters`. Without dropout it is what evaluation, generation and probes use. */
export function passOver(
  config: ModelShape,
  parameters: Parameters,
  options: PassOptions = {},
): Scope {
  return rootScope({
    axes: new AxisSizes(boundAxes(config)),
    parameter: (path) => parameters.get(path),
    ...options,
  });
}
