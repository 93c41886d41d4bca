/**
 * @file Notices that the host no longer answers, so that what waits for it is told instead of
 * waiting for ever. A slow disk or a question to the user is no silence: the host answers pings
 * meanwhile. It knows neither messages nor endpoints.
 */
import { PlaygroundError } from '../../config/errors';
import { cancelled } from '../../protocol/errors';

/**
 * Milliseconds between two looks. Time is counted in looks: while the machine sleeps or the page is
 * busy there are none, so that neither counts as the host's silence.
 */
const lookEvery = 1000;

/** Looks until a host that has answered nothing is pinged. */
const untilPing = 10;

/** Looks until a host that has answered neither the ping is given up. */
const patience = 20;

/** The same where it was given up before; a request then pings at once. */
const patienceWithSilent = 2;

export interface HostWatchOptions {
  /** Asks for the cheapest answer there is; any end of it is one. */
  readonly ping: () => Promise<unknown>;
  /** A host that was given up has answered. */
  readonly onAnswersAgain: () => void;
}

export class HostWatch {
  readonly #options: HostWatchOptions;
  /** Of the requests that have no answer yet. */
  readonly #waiting = new Set<AbortController>();
  #looking: ReturnType<typeof setInterval> | undefined;
  /** Looks since the host's last answer, or since something waits for one. */
  #quiet = 0;
  #isSilent = false;

  constructor(options: HostWatchOptions) {
    this.#options = options;
  }

  /**
   * Makes a request that ends with the signal it is given, which fires with `signal` too. Rejects
   * with `host-silent` if the host is given up meanwhile.
   */
  async ask<T>(request: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const giveUp = new AbortController();
    this.#await(giveUp);
    try {
      const signals = signal === undefined ? [giveUp.signal] : [giveUp.signal, signal];
      const answer = await request(AbortSignal.any(signals));
      this.#answered();
      return answer;
    } catch (error) {
      throw giveUp.signal.aborted ? hostSilent(error) : error;
    } finally {
      this.#waiting.delete(giveUp);
      if (this.#waiting.size === 0) this.#rest();
    }
  }

  /**
   * Waits for a request that is not cancelled when the host is given up: it has its effect late,
   * and its answer then shows that the host is back.
   */
  async outlast<T>(request: Promise<T>): Promise<T> {
    return this.ask(
      (givenUp) =>
        new Promise((resolve, reject) => {
          givenUp.addEventListener('abort', () => {
            reject(cancelled('Waiting'));
          });
          request.then((answer) => {
            this.#answered();
            resolve(answer);
          }, reject);
        }),
    );
  }

  #await(giveUp: AbortController): void {
    this.#waiting.add(giveUp);
    if (this.#looking !== undefined) return;
    this.#quiet = 0;
    if (this.#isSilent) this.#ping();
    this.#looking = setInterval(() => {
      this.#look();
    }, lookEvery);
  }

  #rest(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  #look(): void {
    this.#quiet += 1;
    if (this.#quiet === untilPing) this.#ping();
    if (this.#quiet < (this.#isSilent ? patienceWithSilent : patience)) return;
    this.#isSilent = true;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    this.#rest();
    for (const giveUp of waiting) giveUp.abort();
  }

  /** One that stays unanswered is kept: a host that comes back answers it too. */
  #ping(): void {
    const answered = (): void => {
      this.#answered();
    };
    this.#options.ping().then(answered, answered);
  }

  #answered(): void {
    this.#quiet = 0;
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#options.onAnswersAgain();
  }
}

export const hostSilentCode = 'host-silent';

function hostSilent(cause: unknown): PlaygroundError {
  return new PlaygroundError(
    {
      code: hostSilentCode,
      message:
        'VS Code’s extension host no longer answers, so nothing can be saved or started from here.',
      remedy:
        'Run “Transformer: Open Playground”: a run can be resumed there from its last snapshot.',
    },
    { cause },
  );
}
