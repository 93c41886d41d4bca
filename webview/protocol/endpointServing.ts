/**
 * @file The requests this end answers: looks up the handler, checks the params, and sees to it that
 * every request is answered once, unless its caller has cancelled or is gone.
 */
import type { OutgoingEvents } from './chunks';
import type { Contract, Handlers, RequestContext, Validator, Validators } from './contract';
import { endpointError, toPlaygroundError, toWire } from './errors';
import { pack, type Packed } from './wire';
import type { Carrier, FrameOf } from './wireFrames';

interface Surroundings {
  readonly name: string;
  readonly post: (frame: FrameOf<'error' | 'progress'>) => void;
  /** Sends a result; returns the id of its transfer if it goes in chunks. */
  readonly deliver: (
    carrier: Carrier,
    packed: Packed,
    events: OutgoingEvents,
  ) => number | undefined;
  readonly cancelTransfer: (id: number) => void;
  readonly onError: (thrown: unknown) => void;
}

/** A handler and its schema; their types were checked where they were handed in. */
interface Served {
  readonly handler: (params: never, context: RequestContext) => unknown;
  readonly validator: Validator<unknown> | undefined;
}

interface Answering {
  readonly abort: AbortController;
  /** The transfer of the result, while it lasts. */
  transfer?: number;
}

export class Serving<Local extends Contract> {
  readonly #surroundings: Surroundings;
  readonly #served = new Map<string, Served>();
  readonly #answering = new Map<number, Answering>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  serve(handlers: Handlers<Local>, validators: Validators<Local>): void {
    for (const [name, handler] of Object.entries<Served['handler']>(handlers)) {
      this.#served.set(name, { handler, validator: validators[name] });
    }
  }

  /** Answers request `id` with what its handler makes of the params. Never rejects. */
  async answer(id: number, name: string, readParams: () => unknown): Promise<void> {
    const answering: Answering = { abort: new AbortController() };
    const { post, deliver, onError } = this.#surroundings;
    const isWanted = (): boolean => this.#answering.get(id) === answering;
    const given: ArrayBuffer[] = [];
    const context: RequestContext = {
      signal: answering.abort.signal,
      progress: (done, total) => {
        if (isWanted()) {
          post({ kind: 'progress', id, done, total });
        }
      },
      transfer: (...buffers) => {
        given.push(...buffers);
      },
    };
    this.#answering.set(id, answering);
    try {
      const packed = pack(await this.#call(name, readParams(), context), `${name}'s result`, given);
      if (isWanted()) {
        const transfer = deliver({ kind: 'result', id, body: packed.body }, packed, {
          onDone: () => this.#answering.delete(id),
        });
        if (transfer === undefined) {
          this.#answering.delete(id);
        } else {
          answering.transfer = transfer;
        }
      }
    } catch (thrown) {
      if (isWanted()) {
        this.#fail(id, thrown);
        if (toPlaygroundError(thrown).code === 'internal') {
          onError(thrown);
        }
      }
    }
  }

  /** Answers request `id`, which could not be read, with an error. */
  refuse(id: number, thrown: unknown): void {
    this.#fail(id, thrown);
  }

  /** The caller wants no answer any more. */
  cancel(id: number): void {
    const answering = this.#answering.get(id);
    this.#answering.delete(id);
    if (answering?.transfer !== undefined) {
      this.#surroundings.cancelTransfer(answering.transfer);
    }
    answering?.abort.abort();
  }

  /** Nobody waits for any answer any more. */
  cancelAll(): void {
    for (const id of [...this.#answering.keys()]) {
      this.cancel(id);
    }
  }

  #call(name: string, params: unknown, context: RequestContext): unknown {
    const served = this.#served.get(name);
    if (served === undefined) {
      throw endpointError(
        'unknown-request',
        `The ${this.#surroundings.name} does not know the request "${name}".`,
        'Reload the window; if it happens again, report it.',
      );
    }
    // The validator, or the caller's compiler, vouches for the type.
    const checked = checkWith(served.validator, `The request "${name}"`, params) as never;
    return served.handler(checked, context);
  }

  #fail(id: number, thrown: unknown): void {
    this.#answering.delete(id);
    this.#surroundings.post({ kind: 'error', id, error: toWire(thrown) });
  }
}

/**
 * The value as the validator gives it. @throws invalid-params, naming the first field that does not
 * fit.
 */
export function checkWith<T>(
  validator: Validator<T> | undefined,
  what: string,
  value: unknown,
): unknown {
  const checked = validator?.safeParse(value);
  if (checked === undefined) {
    return value;
  }
  if (checked.success) {
    return checked.data;
  }
  const [issue] = checked.error.issues;
  const where = issue === undefined ? '' : issue.path.map(String).join('.');
  throw endpointError(
    'invalid-params',
    `${what} does not fit${where === '' ? '' : ` at "${where}"`}: ${issue?.message ?? 'invalid'}.`,
    'Check the value it names.',
  );
}
