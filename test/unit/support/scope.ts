/** @file A module of the model by itself, with weights that a test writes down. */
import { boundAxes } from '../../../webview/config/axes';
import type { ModelShape } from '../../../webview/config/model';
import { sizeOf, type Tensor } from '../../../webview/ops/tensor';
import { read, tensor } from '../../../webview/ops/values';
import { AxisSizes } from '../../../webview/trace/axes';
import { rootScope, type Scope, type TraceListener } from '../../../webview/trace/scope';

/**
 * A scope whose parameters have these values; gains that are not named are 1, everything else 0.
 */
export function scopeWith(
  config: ModelShape,
  weights: Readonly<Record<string, readonly number[]>> = {},
  listener?: TraceListener,
): Scope {
  const axes = new AxisSizes(boundAxes(config));
  return rootScope({
    axes,
    parameter: (path, parameterAxes, kind) => {
      const shape = axes.shapeOf(parameterAxes);
      const fill = kind === 'gain' ? 1 : 0;
      return tensor(weights[path] ?? new Array<number>(sizeOf(shape)).fill(fill), shape);
    },
    listener,
  });
}

/** Keeps every value that is traced. */
export class Recorder implements TraceListener {
  readonly values = new Map<string, Tensor>();
  readonly watches = () => true;
  readonly visit = (path: string, _axes: string, value: Tensor): Tensor => {
    this.values.set(path, value);
    return value;
  };

  async read(path: string): Promise<number[]> {
    const found = this.values.get(path);
    if (!found) throw new Error(`Nothing was traced at ${path}.`);
    return [...(await read(found))];
  }
}
