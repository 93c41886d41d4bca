/** @file Pictures are asked for one at a time, and the newest wish wins. */
import { beforeEach, describe, expect, it } from 'vitest';
import { LatestAsker } from '../../../../webview/ui/state/latestAsker';

interface Pending {
  readonly wanted: string;
  readonly signal: AbortSignal;
  readonly answer: (text: string) => void;
  readonly fail: (error: Error) => void;
}

let pending: Pending[];
let told: string[];
let asker: LatestAsker<string, string>;

beforeEach(() => {
  pending = [];
  told = [];
  asker = new LatestAsker({
    ask: (wanted, signal) =>
      new Promise((answer, fail) => {
        pending.push({ wanted, signal, answer, fail });
        signal.addEventListener('abort', () => {
          fail(new Error('aborted'));
        });
      }),
    onAnswer: (answer, wanted) => told.push(`${wanted}: ${answer}`),
    onFailure: (error, wanted) => told.push(`${wanted} failed: ${String(error)}`),
    onIdle: () => told.push('idle'),
  });
});

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('wishes', () => {
  it('that come while one is on its way: it is given up, and only the last is asked', async () => {
    asker.ask('a');
    asker.ask('b');
    asker.ask('c');
    await turn();
    expect(pending.map(({ wanted }) => wanted)).toEqual(['a', 'c']);
    expect(pending[0]?.signal.aborted).toBe(true);
    pending[1]?.answer('picture');
    await turn();
    expect(told).toEqual(['c: picture', 'idle']);
    expect(asker.isBusy).toBe(false);
  });

  it('that fail are told, and the next one is asked', async () => {
    asker.ask('a');
    pending[0]?.fail(new Error('no'));
    await turn();
    asker.ask('b');
    pending[1]?.answer('picture');
    await turn();
    expect(told).toEqual(['a failed: Error: no', 'idle', 'b: picture', 'idle']);
  });

  it('that are given up are not told as failures', async () => {
    asker.ask('a');
    asker.cancel();
    await turn();
    expect(told).toEqual(['idle']);
  });
});
