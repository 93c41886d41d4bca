/**
 * @file Numbers that JSON has no word for. NaN and ±Infinity would become null on their way to a
 * file or through the host; as three strings they arrive as what they were.
 */

/** A number as JSON can carry it. */
export type JsonNumber = number | NonFiniteName;

export const nonFiniteNames = ['NaN', 'Infinity', '-Infinity'] as const;
export type NonFiniteName = (typeof nonFiniteNames)[number];

/** The number itself if it is finite, otherwise its name. */
export function encodeNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) {
    return value;
  }
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  return value > 0 ? 'Infinity' : '-Infinity';
}

/**
 * The inverse of {@link encodeNumber}; also correct for NaN, whose name JavaScript parses to
 * itself.
 */
export function decodeNumber(value: JsonNumber): number {
  return Number(value);
}

export function isNonFiniteName(value: unknown): value is NonFiniteName {
  return nonFiniteNames.some((name) => name === value);
}
