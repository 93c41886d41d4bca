/** @file How a row of things is made to fit in a room: every other one goes. Pure. */

/**
 * As many of the things as the room takes: every other one goes until they fit, and the first and
 * the last stay however large they are.
 */
export function everyOther<T>(
  things: readonly T[],
  bytesOf: (thing: T) => number,
  mostBytes: number,
): T[] {
  let kept = [...things];
  let sizes = kept.map(bytesOf);
  while (kept.length > 2 && sum(sizes) > mostBytes) {
    const last = kept.length - 1;
    const stays = (_: unknown, at: number): boolean => at === last || at % 2 === 0;
    kept = kept.filter(stays);
    sizes = sizes.filter(stays);
  }
  return kept;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
