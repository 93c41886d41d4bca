/**
 * @file Whether a host that is gone is noticed, and one that is only slow is left alone.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../../webview/config/errors';
import { cancelled } from '../../../webview/protocol/errors';
import { HostWatch } from '../../../webview/ui/state/hostWatch';

const seconds = 1000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A host that answers pings while it lives; what it is asked is answered by the test. */
class TestedHost {
  lives = true;
  pings = 0;
  recoveries = 0;
  readonly watch = new HostWatch({
    ping: () => {
      this.pings += 1;
      return new Promise((resolve) => {
        if (this.lives) resolve(null);
        else this.#unanswered.push(resolve);
      });
    },
    onAnswersAgain: () => {
      this.recoveries += 1;
    },
  });
  #unanswered: ((answer: null) => void)[] = [];

  /** It had stood still, and answers what came meanwhile. */
  async goOn(): Promise<void> {
    this.lives = true;
    for (const answer of this.#unanswered.splice(0)) answer(null);
    await vi.advanceTimersByTimeAsync(0);
  }

  /** A request that is answered with `answer` once that settles. */
  ask(answer: Promise<string>, signal?: AbortSignal): Asked {
    const asked: Asked = { outcome: 'waiting' };
    this.watch
      .ask((given) => Promise.race([answer, ending(given)]), signal)
      .then(
        (result) => {
          asked.outcome = result;
        },
        (error: unknown) => {
          asked.outcome = error instanceof PlaygroundError ? error.code : String(error);
        },
      );
    return asked;
  }
}

interface Asked {
  outcome: string;
}

const never = (): Promise<never> => new Promise(() => undefined);

/** A host that was found silent. */
async function silentHost(): Promise<TestedHost> {
  const host = new TestedHost();
  host.lives = false;
  host.ask(never());
  await vi.advanceTimersByTimeAsync(20 * seconds);
  return host;
}

describe('a host that is gone', () => {
  it('ends all that waits for it 20 seconds later, of which the last ten after a ping', async () => {
    const host = new TestedHost();
    host.lives = false;
    const snapshot = host.ask(never());
    await vi.advanceTimersByTimeAsync(9 * seconds);
    expect(host.pings).toBe(0);
    const save = host.ask(never());
    await vi.advanceTimersByTimeAsync(10 * seconds);
    expect(host.pings).toBe(1);
    expect([snapshot.outcome, save.outcome]).toEqual(['waiting', 'waiting']);
    await vi.advanceTimersByTimeAsync(1 * seconds);
    expect([snapshot.outcome, save.outcome]).toEqual(['host-silent', 'host-silent']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is pinged for every later request, which ends after two seconds', async () => {
    const host = await silentHost();
    for (const pings of [2, 3]) {
      const asked = host.ask(never());
      expect(host.pings).toBe(pings);
      await vi.advanceTimersByTimeAsync(1 * seconds);
      expect(asked.outcome).toBe('waiting');
      await vi.advanceTimersByTimeAsync(1 * seconds);
      expect(asked.outcome).toBe('host-silent');
    }
    expect(host.recoveries).toBe(0);
  });

  it('says what happened and what helps', async () => {
    const host = new TestedHost();
    host.lives = false;
    const asked = expect(host.watch.ask(ending)).rejects.toMatchObject({
      code: 'host-silent',
      message: expect.stringMatching(/extension host no longer answers/) as string,
      remedy: expect.stringMatching(/“Transformer: Open Playground”/) as string,
    });
    await vi.advanceTimersByTimeAsync(20 * seconds);
    await asked;
  });
});

describe('a host that lives', () => {
  it('may take minutes over a question to the user, as it answers pings', async () => {
    const host = new TestedHost();
    let answer: (text: string) => void = () => undefined;
    const asked = host.ask(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    await vi.advanceTimersByTimeAsync(300 * seconds);
    expect(asked.outcome).toBe('waiting');
    expect(host.pings).toBeGreaterThan(10);
    answer('chosen');
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.outcome).toBe('chosen');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not pinged while nothing waits for it', async () => {
    const host = new TestedHost();
    host.ask(Promise.resolve('done'));
    await vi.advanceTimersByTimeAsync(60 * seconds);
    expect(host.pings).toBe(0);
  });

  it('is not blamed for the sleep of the machine', async () => {
    const host = new TestedHost();
    host.lives = false;
    const asked = host.ask(never());
    await vi.advanceTimersByTimeAsync(15 * seconds);
    // An hour passes in which no timer runs.
    vi.setSystemTime(Date.now() + 3600 * seconds);
    await vi.advanceTimersByTimeAsync(2 * seconds);
    expect(asked.outcome).toBe('waiting');
    await host.goOn();
    await vi.advanceTimersByTimeAsync(19 * seconds);
    expect(asked.outcome).toBe('waiting');
  });

  it('passes its own errors on, and what the asker gives up', async () => {
    const host = new TestedHost();
    const failed = host.ask(
      Promise.reject(new PlaygroundError({ code: 'disk-full', message: '', remedy: '' })),
    );
    const abort = new AbortController();
    const given = host.ask(never(), abort.signal);
    abort.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect([failed.outcome, given.outcome]).toEqual(['disk-full', 'cancelled']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a host that comes back', () => {
  it('is trusted again once it answers the ping, however late', async () => {
    const host = await silentHost();
    await host.goOn();
    expect(host.recoveries).toBe(1);
    host.lives = false;
    const asked = host.ask(never());
    await vi.advanceTimersByTimeAsync(19 * seconds);
    expect(asked.outcome).toBe('waiting');
  });

  it('answers the next request as ever', async () => {
    const host = await silentHost();
    host.lives = true;
    const asked = host.ask(Promise.resolve('saved'));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.outcome).toBe('saved');
    expect(host.recoveries).toBe(1);
  });
});

/** A request that only its signal ends. */
function ending(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(cancelled('It'));
    });
  });
}
