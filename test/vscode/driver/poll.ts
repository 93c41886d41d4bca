/** @file Waits for what becomes true some time. */

export interface PollOptions {
  timeoutSeconds?: number;
  /** What is awaited, for the error. */
  what?: string;
}

/**
 * Asks again, ten times a second, until the answer is as wanted.
 * @throws with the last answer when the time is over.
 */
export async function poll<T>(
  ask: () => Promise<T> | T,
  isWanted: (answer: T) => boolean,
  { timeoutSeconds = 60, what = 'the wanted answer' }: PollOptions = {},
): Promise<T> {
  const end = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > end) {
      throw new Error(`No sign of ${what} in ${timeoutSeconds} s, last: ${String(answer)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
