/**
 * @file Counts under integer keys, for the hundred thousands of n-grams of a text. Knows nothing of
 * what keys mean.
 */

/**
 * A hash table with open addressing in two typed arrays. A Map would box every key above 2³¹ and
 * take several times as long.
 */
export class CountTable {
  #keys: Float64Array<ArrayBuffer>;
  #counts: Int32Array<ArrayBuffer>;
  #used = 0;

  constructor(capacity = 1 << 10) {
    this.#keys = new Float64Array(capacity);
    this.#counts = new Int32Array(capacity);
  }

  /** How many keys have a count. */
  get size(): number {
    return this.#used;
  }

  /** Adds 1 to the count of a key (an integer from 0 to 2⁵³ − 1) and returns the count before. */
  increment(key: number): number {
    if (2 * this.#used >= this.#keys.length) this.#grow();
    const slot = this.#slotOf(key);
    const before = this.#counts[slot] ?? 0;
    if (before === 0) {
      this.#keys[slot] = key;
      this.#used += 1;
    }
    this.#counts[slot] = before + 1;
    return before;
  }

  /** The count of a key; 0 for one that was never incremented, negative ones included. */
  get(key: number): number {
    return this.#counts[this.#slotOf(key)] ?? 0;
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    const high = Math.floor(key / 2 ** 32);
    let hash = Math.imul((key | 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    while (this.#counts[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const counts = this.#counts;
    this.#keys = new Float64Array(2 * keys.length);
    this.#counts = new Int32Array(2 * counts.length);
    for (let i = 0; i < keys.length; i++) {
      const count = counts[i] ?? 0;
      if (count === 0) continue;
      const slot = this.#slotOf(keys[i] ?? 0);
      this.#keys[slot] = keys[i] ?? 0;
      this.#counts[slot] = count;
    }
  }
}
