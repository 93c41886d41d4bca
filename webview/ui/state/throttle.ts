/**
 * @file Work that is asked for often and done seldom, without losing the last time it was asked
 * for.
 */

export interface Throttle {
  /** Does the work now if the last time is long enough ago, otherwise as soon as it is. */
  readonly request: () => void;
  /** Does what is still to be done now. */
  readonly flush: () => void;
  /** Forgets what is still to be done. */
  readonly cancel: () => void;
}

/**
 * `work`, at most every `interval` ms. The first request is served at once and not by a timer: a
 * hidden page's timers are slow, its messages are not.
 */
export function throttle(interval: number, work: () => void): Throttle {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const run = (): void => {
    cancel();
    last = performance.now();
    work();
  };
  return {
    request: () => {
      const wait = last + interval - performance.now();
      if (wait <= 0) run();
      else timer ??= setTimeout(run, wait);
    },
    flush: () => {
      if (timer !== undefined) run();
    },
    cancel,
  };
}
