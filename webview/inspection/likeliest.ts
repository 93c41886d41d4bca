/** @file The likeliest tokens of a distribution. Plain numbers. */

/** Ids of the `count` largest shares, largest first; of equal ones the first id first. */
export function likeliestOf(shares: ArrayLike<number>, count: number): number[] {
  const best: number[] = [];
  const least = (): number => shares[best.at(-1) ?? -1] ?? -Infinity;
  for (let id = 0; id < shares.length; id++) {
    const share = shares[id] ?? 0;
    // Written out: a vocabulary may hold 100,000 tokens, and most are passed over here.
    if (best.length === count && share <= least()) continue;
    let place = best.length;
    while (place > 0 && share > (shares[best[place - 1] ?? -1] ?? -Infinity)) place--;
    best.splice(place, 0, id);
    if (best.length > count) best.pop();
  }
  return best;
}
