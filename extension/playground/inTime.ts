/** @file Waiting that ends: by what is waited for, by the clock, or by the user. */
import { cancelled } from '../../webview/protocol/errors';

export interface Patience {
  readonly seconds: number;
  /** What is thrown when they are over. */
  readonly late: () => Error;
  /** Ends the waiting with 'cancelled'. */
  readonly signal?: AbortSignal | undefined;
}

/** Settles as `awaited` does, if it does in time. */
export async function inTime<T>(
  awaited: Promise<T>,
  { seconds, late, signal }: Patience,
): Promise<T> {
  let stopWaiting = (): void => undefined;
  const given = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(late());
    }, seconds * 1000);
    const cancel = (): void => {
      reject(cancelled('Waiting'));
    };
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted === true) cancel();
    stopWaiting = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
  });
  try {
    return await Promise.race([awaited, given]);
  } finally {
    stopWaiting();
  }
}
