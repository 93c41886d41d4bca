/** @file Assertions for both extension hosts: the web worker has no `node:assert`. */

/** @throws unless the condition holds. */
export function check(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** @throws with both values unless they are the same as JSON. */
export function same(actual: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(wanted)];
  check(is === should, `It is ${is}, and should be ${should}.`);
}
