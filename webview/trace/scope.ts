/**
 * @file What every module of the model is handed: where it stands, its parameters, and `trace`,
 * which marks a value. Scopes are passed down explicitly: a global stack would break under
 * recomputation and custom gradients.
 */
import { dropout } from '../ops/dropout';
import type { Tensor } from '../ops/tensor';
import type { Axes, AxisSizes } from './axes';

/**
 * Where a value stands: the scopes of its modules and its name, `decoder.2.selfAttention.pattern`.
 */
export type TracePath = string;

/** How a parameter begins; the initialization scheme decides the numbers. */
export type ParameterKind = 'embedding' | 'matrix' | 'residualMatrix' | 'gain' | 'bias';

/** Somebody who looks at a pass. */
export interface TraceListener {
  /** Whether the value at this path is wanted; fused ops that would skip it are then not used. */
  watches: (path: TracePath) => boolean;
  /** Sees a value and may return another in its place. */
  visit: (path: TracePath, axes: Axes, value: Tensor) => Tensor;
}

/** What is the same for all modules during one pass through the model. */
export interface Pass {
  readonly axes: AxisSizes;
  readonly parameter: (path: TracePath, axes: Axes, kind: ParameterKind) => Tensor;
  readonly listener?: TraceListener | undefined;
  /** Present in training only: the share to drop, and the key of each place that drops. */
  readonly dropout?:
    { readonly rate: number; readonly key: (site: TracePath) => Tensor } | undefined;
}

/** A module's own view of the pass. */
export interface Scope {
  readonly path: TracePath;
  /**
   * Marks a value: `trace('pattern', 'batch head query key', softmax(scores))`. Use what it
   * returns, since a probe may put another value in its place.
   */
  readonly trace: (name: string, axes: Axes, value: Tensor) => Tensor;
  /** A learned tensor of this module; its shape follows from the names of its axes. */
  readonly parameter: (name: string, axes: Axes, kind: ParameterKind) => Tensor;
  /** Drops values in training, does nothing otherwise. */
  readonly drop: (name: string, value: Tensor) => Tensor;
  /** Whether anybody looks at one of these values: if not, a fused op may skip them. */
  readonly watches: (...names: readonly string[]) => boolean;
  /** The scope of a module inside this one. */
  readonly child: (name: string) => Scope;
}

/** The scope of the whole model. */
export function rootScope(pass: Pass): Scope {
  return scopeAt('', pass);
}

function scopeAt(path: TracePath, pass: Pass): Scope {
  const inside = (name: string): TracePath => (path === '' ? name : `${path}.${name}`);
  const { listener } = pass;
  return {
    path,
    trace: (name, axes, value) => {
      if (!listener) return value;
      pass.axes.check(inside(name), axes, value.shape);
      return listener.visit(inside(name), axes, value);
    },
    parameter: (name, axes, kind) => pass.parameter(inside(name), axes, kind),
    drop: (name, value) =>
      pass.dropout ? dropout(value, pass.dropout.key(inside(name)), pass.dropout.rate) : value,
    watches: (...names) => names.some((name) => listener?.watches(inside(name)) ?? false),
    child: (name) => scopeAt(inside(name), pass),
  };
}
