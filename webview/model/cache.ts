/**
 * @file The KV cache, as attention sees it. While a text is written, the keys and values of its
 * earlier tokens never change: keeping them leaves one token's work for each new token.
 */
import type { Tensor } from '../ops/tensor';

/** The memory of a text being written. It holds `length` tokens before the ones of this pass. */
export interface KeyValueCache {
  /**
   * Position of this pass's first token. Positions continue here, instead of starting again at 0.
   */
  readonly length: number;
  /**
   * Adds the new tokens' keys (or values) to those kept at `path`, and returns them all:
   * [batch × head × new × dHead] → [batch × head × key × dHead].
   */
  extend: (path: string, fresh: Tensor) => Tensor;
}
