/**
 * @file One measurement: what it is asked for and what comes of it. Knows neither backends nor
 * processes.
 */
import type { AdapterInfo, Backend } from '../../webview/config/backend';
import type { ConfigurationName } from './configurations';
import type { Looking } from './looking';
import type { Limits } from './sample';
import type { Spread } from './spread';

/** Ours, and plain tfjs doing the same work. */
export type Implementation = 'ours' | 'stock';

export interface Plan extends Limits {
  readonly implementation: Implementation;
  readonly backend: Backend;
  readonly configuration: ConfigurationName;
}

/** Tokens a second that are written. */
export interface Writing extends Spread {
  /** Texts that were written before the first one was timed. */
  readonly warmUpTexts: number;
}

export interface Measured {
  /** The graphics adapter, on WebGPU; `software` if it is emulated on the processor. */
  readonly adapter?: AdapterInfo;
  /** Steps that were made before the first one was timed. */
  readonly warmUpSteps: number;
  /** Milliseconds from a batch to its loss read back. */
  readonly step: Spread;
  /**
   * Of these, milliseconds in which JavaScript issued the step; on WASM and CPU the arithmetic is
   * done in them.
   */
  readonly issuing: Spread;
  /**
   * Milliseconds of processor time of the whole process; other load on the machine hardly touches
   * it.
   */
  readonly processor: Spread;
  readonly tokensPerSecond: number;
  /** Dispatches a step, on WebGPU. */
  readonly dispatches?: number;
  /** Bytes of all tensors between steps, and what the backend took from the GPU for them. */
  readonly bytes: number;
  readonly gpuBytes?: number;
  /** Tensors after warming up, and after all steps: more of them are a leak. */
  readonly tensorsBefore: number;
  readonly tensorsAfter: number;
  /** With and without a KV cache; of ours only. */
  readonly writing?: { readonly cached?: Writing; readonly uncached?: Writing };
  /** What it costs to be looked at while training; of ours only, where steps are quick enough. */
  readonly looking?: Looking;
  /** Why figures are missing or of fewer samples, where the time ran out. */
  readonly cut?: string;
}

/** What JavaScript did for the latest step, known before the GPU has done its part. */
export interface Issued {
  /** Steps up to this one; the first one compiles. */
  readonly steps: number;
  /** Milliseconds, as in `Measured.issuing`. */
  readonly issuing: number;
  /** Dispatches of this step. */
  readonly dispatches: number;
}

/** Why no step was timed. */
export interface Unmeasured {
  readonly error: string;
  /** Whether the time ran out; otherwise something is broken or missing. */
  readonly late: boolean;
  /** On WebGPU, if it came so far. */
  readonly issued?: Issued;
}

export type Outcome = Measured | Unmeasured;
