/**
 * @file The KV cache that generation keeps: buffers of a fixed size, so that each token is the same
 * work and the same shapes. Knows neither text nor sampling.
 */
import type { KeyValueCache } from '../model/cache';
import { writeRows } from '../ops/writeRows';
import { zeros } from '../ops/fill';
import { axisOf, type Tensor } from '../ops/tensor';
import { dispose, keep } from '../ops/values';

/** Keys and values of all attention modules for one text. Call `advance` after each pass. */
export class FixedCache implements KeyValueCache {
  readonly #capacity: number;
  readonly #kept = new Map<string, Tensor>();
  #length = 0;

  /** @param capacity how many tokens fit: the model's context */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#length;
  }

  extend(path: string, fresh: Tensor): Tensor {
    const [batch = 1, head = 1] = fresh.shape;
    const previous = this.#kept.get(path);
    const width = axisOf(fresh.shape, 3);
    const buffer = previous ?? zeros(fresh, [batch, head, this.#capacity, width]);
    const extended = keep(writeRows(buffer, fresh, this.#length));
    if (previous) dispose(previous);
    this.#kept.set(path, extended);
    return extended;
  }

  /** The pass added `count` tokens. */
  advance(count: number): void {
    this.#length += count;
  }

  /** Forgets everything, to encode another text. */
  clear(): void {
    dispose(...this.#kept.values());
    this.#kept.clear();
    this.#length = 0;
  }

  dispose(): void {
    this.clear();
  }
}
