/**
 * @file Looking and intervening as data, since page and model live in different realms: what to
 * feed, what to look at, what to change. Types only.
 */
import type { Statistics } from '../config/statistics';
import type { TracePath } from './scope';

/** Some indices along some axes; an axis that is not named is meant whole. */
export type Where = readonly { readonly axis: string; readonly index: readonly number[] }[];

/** Name under which a captured value is kept, to be put into a later pass. */
export type CaptureId = string;

/**
 * A change of a value in the middle of a pass. At a point that a fused op skips, such as the inside
 * of a norm, it has the pass take the readable path, which rounds its sums differently (logits
 * by a millionth of their size): compare with a pass that looks at the same point.
 */
export type Intervention = { readonly at: TracePath; readonly where?: Where } & Change;

/**
 * `mean` puts in each number's place its mean over the tokens that may be seen there, which removes
 * what it says about this token and keeps what it always says: up to its own in the same row with
 * the causal mask, all of the batch without; scores and patterns, which relate two tokens, have
 * their mean over the batch alone, which changes nothing of a single row.
 * `add` and `replace` take a value captured before, in another pass if need be.
 */
export type Change =
  | { readonly do: 'zero' | 'mean' }
  | { readonly do: 'scale'; readonly by: number }
  | { readonly do: 'add' | 'replace'; readonly from: CaptureId };

/** What to look at; the gradient of a value that the objective does not depend on is zeros. */
export interface CaptureRequest {
  readonly at: TracePath;
  readonly what: 'stats' | 'slice' | 'value' | 'gradient';
  /** The indices wanted; all of the value's without it. */
  readonly where?: Where;
  /** Keeps the whole value under this name, for `add` and `replace`. */
  readonly keepAs?: CaptureId;
}

/** What to differentiate: the loss, or a logit (minus another) after a place of the first row. */
export type GradientOf =
  'loss' | { readonly position: number; readonly token: number; readonly minus?: number };

/** A pass of its own between steps: no dropout, current weights, nothing updated. */
export interface Probe {
  readonly input: {
    /** Token ids and the ids that came next, [batch × position] in row-major order. */
    readonly inputs: Int32Array;
    readonly targets: Int32Array;
    readonly batchSize: number;
    readonly context: number;
  };
  readonly capture: readonly CaptureRequest[];
  readonly interventions: readonly Intervention[];
  readonly gradientOf?: GradientOf;
}

/** What was seen at a trace point. */
export interface Captured {
  readonly at: TracePath;
  readonly axes: readonly string[];
  readonly shape: readonly number[];
  readonly what: CaptureRequest['what'];
  readonly statistics?: Statistics;
  /** Row-major values of `slice`, `value` and `gradient`, of `shape`. */
  readonly values?: Float32Array;
}

export interface ProbeResult {
  /** Mean surprise of this pass, interventions included, in nats. */
  readonly loss: number;
  readonly captures: readonly Captured[];
}
