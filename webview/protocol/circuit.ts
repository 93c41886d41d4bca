/**
 * @file The circuits of a head (Elhage et al., 2021): what it does to whole tokens, read off the
 * weights alone. Norms, biases, positions and other layers are left out, so that it shows a
 * tendency: exact only for a head that reads the embedding itself.
 */
import type { TokenView } from './attentionMaps';

export interface CircuitRequest {
  /** Of the pattern. */
  readonly path: string;
  readonly head: number;
}

export interface Circuit {
  readonly runId: string;
  readonly step: number;
  /** Every token of the vocabulary, by id: the labels of all axes. */
  readonly tokens: readonly TokenView[];
  /**
   * How much a token that asks is drawn to one that is found, E W_Q W_Kᵀ Eᵀ / √dHead; absent where
   * attention is uniform. [query token × key token]
   */
  readonly queryKey?: Float32Array;
  /**
   * How much a token that is looked at raises the logit of each token, E W_V W_O Uᵀ.
   * [source token × output token]
   */
  readonly outputValue: Float32Array;
}
