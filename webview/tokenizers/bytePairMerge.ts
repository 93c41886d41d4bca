/**
 * @file The merge of byte pair encoding (Sennrich et al. 2016, as in tiktoken) in O(n log n): a
 * heap of pairs over a linked list of bytes. Knows the ranks only as a function.
 */

/** The rank of a byte string (one UTF-16 unit a byte), or undefined where it is no token. */
export type RankOf = (bytes: string) => number | undefined;

const positionRange = 2 ** 32;

/**
 * Splits a piece into tokens: while two neighbours together are a token, the pair of lowest rank is
 * joined, the leftmost first. Equal to tiktoken's loop, which looks at every pair for every merge
 * and so needs n² steps.
 *
 * Heap entries are rank · 2³² + position, exact in a double for ranks under 2²¹, so that numeric
 * order is rank, then position. An entry whose pair has changed since is recognized by its rank and
 * dropped.
 *
 * @param bytes the piece, one UTF-16 unit a byte; every single byte must have a rank
 * @param longest the length in bytes of the longest token
 */
export function bytePairMerge(bytes: string, rankOf: RankOf, longest: number): number[] {
  const length = bytes.length;
  const next = new Int32Array(length + 1);
  const previous = new Int32Array(length + 1);
  for (let i = 0; i <= length; i++) {
    next[i] = i + 1;
    previous[i] = i - 1;
  }
  const endOf = (start: number): number => next[start] ?? length;

  /** The rank of the token at `start` joined with its right neighbour, or −1. */
  const pairRank = (start: number): number => {
    const middle = endOf(start);
    if (middle >= length) return -1;
    const end = endOf(middle);
    return end - start > longest ? -1 : (rankOf(bytes.slice(start, end)) ?? -1);
  };

  const currentRank = new Float64Array(length).fill(-1);
  const heap: number[] = [];
  const offer = (start: number): void => {
    const rank = pairRank(start);
    currentRank[start] = rank;
    if (rank >= 0) push(heap, rank * positionRange + start);
  };
  for (let i = 0; i < length; i++) offer(i);

  for (let entry = pop(heap); entry !== undefined; entry = pop(heap)) {
    const start = entry % positionRange;
    if (currentRank[start] !== Math.floor(entry / positionRange)) continue;
    const joined = endOf(start);
    const end = endOf(joined);
    next[start] = end;
    previous[end] = start;
    currentRank[joined] = -1;
    offer(start);
    const left = previous[start] ?? -1;
    if (left >= 0) offer(left);
  }

  const tokens: number[] = [];
  for (let start = 0; start < length; start = endOf(start)) {
    const rank = rankOf(bytes.slice(start, endOf(start)));
    if (rank !== undefined) tokens.push(rank);
  }
  return tokens;
}

/** Adds to a binary heap whose smallest entry is first. */
function push(heap: number[], entry: number): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] ?? entry;
    if (above <= entry) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

/** Takes the smallest entry from the heap. */
function pop(heap: number[]): number | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const right = left + 1;
    const smaller = (heap[right] ?? Infinity) < (heap[left] ?? Infinity) ? right : left;
    const below = heap[smaller];
    if (below === undefined || below >= last) break;
    heap[at] = below;
    at = smaller;
  }
  heap[at] = last;
  return top;
}
