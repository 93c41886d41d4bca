/**
 * @file Stateless random numbers: every draw is a hash of what it is for, so that evaluation,
 * probes, workers and a resumed run never shift one another's draws. Knows nothing of tensors.
 */

/** What a draw is for. The number is part of the hash, so it is never reused or renumbered. */
export const streams = {
  initialization: 1,
  batch: 2,
  dropout: 3,
  sampling: 4,
  stories: 5,
  diagnosis: 6,
} as const;

export type RandomStream = keyof typeof streams;

/**
 * Mixes one 32-bit word into a hash: MurmurHash3's body and finalizer (Austin Appleby, public
 * domain). Only 32-bit multiplications, shifts and exclusive-ors, so that a WGSL kernel computes
 * the same bits.
 */
export function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The key of one place that draws: hash(seed, stream, counters…), an unsigned 32-bit integer. */
export function randomKey(seed: number, stream: RandomStream, ...counters: number[]): number {
  let hash = mix(mix(0x9e3779b9, seed), streams[stream]);
  for (const counter of counters) hash = mix(hash, counter);
  return hash;
}

/** The `element`-th number under a key, uniform in [0, 1) with 32 bits. */
export function uniform(key: number, element: number): number {
  return mix(key, element) / 2 ** 32;
}

/** The `element`-th integer under a key, uniform in [0, bound). */
export function integerBelow(key: number, element: number, bound: number): number {
  return Math.floor(uniform(key, element) * bound);
}

/** The `element`-th draw from the standard normal distribution (Box and Muller, 1958). */
export function normal(key: number, element: number): number {
  const u = 1 - uniform(key, 2 * element);
  const v = uniform(key, 2 * element + 1);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

/** The characters of a name as counters of a key. */
export function codePoints(name: string): number[] {
  return Array.from(name, (character) => character.codePointAt(0) ?? 0);
}
