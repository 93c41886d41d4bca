/** @file Doing something again and again within a limit of time. */

export interface Limits {
  /** How many values are wanted of each figure. */
  readonly samples: number;
  /** Fewer where they would take longer than so many seconds; at least one. */
  readonly seconds: number;
}

export interface Sampled<Value> {
  /** How often the work is done before it counts, if time allows; at least once. */
  readonly warmUps: number;
  readonly work: () => Promise<Value>;
  /**
   * Told before the work of which values may follow, how often it was done; the last call is right.
   */
  readonly began?: (done: number) => void;
  /** Told after each value, of all values so far. */
  readonly sampled?: (values: readonly Value[]) => void;
  /** Milliseconds; a test's clock. */
  readonly now?: () => number;
}

/**
 * At most `samples` values of the work. Half of `seconds` may go into warming up before, not
 * counting the first time, which may compile for long; and all of it into the values. Work that
 * takes longer than that each time gives the value of its second time.
 */
export async function sample<Value>(
  { samples, seconds }: Limits,
  { warmUps, work, began, sampled, now = () => performance.now() }: Sampled<Value>,
): Promise<readonly Value[]> {
  began?.(0);
  await work();
  const warming = now();
  let done = 1;
  while (done < warmUps && now() - warming < 500 * seconds) {
    began?.(done);
    const start = now();
    const value = await work();
    if (now() - start >= 1000 * seconds) return [value];
    done++;
  }
  began?.(done);
  const values: Value[] = [];
  const counted = now();
  do {
    values.push(await work());
    sampled?.(values);
  } while (values.length < samples && now() - counted < 1000 * seconds);
  return values;
}
