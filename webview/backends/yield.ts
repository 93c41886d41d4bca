/** @file Giving the thread away for a moment, in a way that hidden pages do not slow down. */

const waiting: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();

port1.onmessage = () => {
  waiting.shift()?.();
};

/**
 * Resolves after the messages that are already waiting: a worker stays responsive between steps.
 * Timers and animation frames would do the same only while the page is visible.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
