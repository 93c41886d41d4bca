/**
 * @file One end of a typed conversation over any port. Every request ends in a result or in an
 * error with a remedy: also when it is cancelled, when this end is disposed, and when the other end
 * starts anew. It knows no message by name.
 */
import type { PlaygroundError } from '../config/errors';
import { CHUNK_BYTES } from './chunks';
import type {
  Contract,
  EventName,
  Handlers,
  Params,
  Payload,
  RequestName,
  Result,
  Validator,
  Validators,
} from './contract';
import { Courier } from './endpointCourier';
import { Handshake, type Peer } from './endpointHandshake';
import { LatestWins } from './endpointLatest';
import { Listeners } from './endpointListeners';
import { PendingRequests, type RequestOptions } from './endpointRequests';
import { checkWith, Serving } from './endpointServing';
import { endpointError, fromWire, toPlaygroundError } from './errors';
import type { Port } from './port';
import { pack, unpack } from './wire';
import { readFrame, wrapFrame, type Carrier, type Frame } from './wireFrames';

export interface EndpointOptions {
  /** Who this is, for messages: 'host', 'playground', 'engine'. */
  name: string;
  /** Compared in the handshake; see `protocolVersion` beside the API maps. */
  protocolVersion: number;
  /**
   * Told what no request can report: a failing listener, a damaged message, a bug inside a handler.
   */
  onError: (error: PlaygroundError) => void;
  /** The most bytes of large messages held while they arrive. Default: 1 GiB. */
  maxBytes?: number;
  /** Size of the chunks of large messages, at most 4 MiB. Default: 256 KiB. */
  chunkBytes?: number;
}

/**
 * Serves `Local` and asks `Remote`. Before the other end is ready, what is sent waits, in order.
 * From then on small messages arrive in order; large ones (over 1 MiB of buffers) are overtaken by
 * small ones.
 */
export class Endpoint<Local extends Contract, Remote extends Contract> {
  readonly #port: Port;
  readonly #stopListening: () => void;
  readonly #report: (thrown: unknown) => void;
  readonly #name: string;
  readonly #handshake: Handshake;
  readonly #courier: Courier;
  readonly #requests = new PendingRequests();
  readonly #serving: Serving<Local>;
  readonly #latest: LatestWins;
  readonly #listeners: Listeners;

  constructor(port: Port, options: EndpointOptions) {
    this.#port = port;
    this.#name = options.name;
    this.#report = (thrown) => {
      options.onError(toPlaygroundError(thrown));
    };
    const post = (frame: Frame, transfer?: ArrayBuffer[]): void => {
      this.#post(frame, transfer);
    };
    this.#handshake = new Handshake({
      name: options.name,
      version: options.protocolVersion,
      post,
      onPeerGone: (reason) => {
        this.#forgetPeer(reason);
        this.#latest.restart();
      },
      onError: this.#report,
    });
    this.#courier = new Courier(
      {
        post,
        isWanted: (carrier) => carrier.kind !== 'result' || this.#requests.has(carrier.id),
        onArrived: (carrier, buffers) => {
          this.#accept(carrier, buffers);
        },
        onRefused: (carrier, error) => {
          this.#refuse(carrier, error);
        },
        onProgress: (carrier, done, total) => {
          if (carrier.kind === 'result') {
            this.#requests.progress(carrier.id, 'receiving', done, total);
          }
        },
      },
      options.chunkBytes ?? CHUNK_BYTES,
      options.maxBytes ?? 1024 ** 3,
    );
    this.#serving = new Serving({
      name: options.name,
      post,
      deliver: (carrier, packed, events) => this.#courier.deliver(carrier, packed, events),
      cancelTransfer: (id) => {
        this.#courier.cancel(id);
      },
      onError: this.#report,
    });
    this.#listeners = new Listeners(this.#report);
    this.#latest = new LatestWins((name, payload) => {
      this.#emit(name, payload, [], true);
    }, this.#report);
    this.#stopListening = port.onMessage((message) => {
      try {
        this.#receive(message);
      } catch (error) {
        this.#report(error);
      }
    });
    this.#handshake.announce();
  }

  /**
   * Answers requests from now on. All handlers at once; `validators` check what comes from outside.
   */
  serve(handlers: Handlers<Local>, validators: Validators<Local> = {}): void {
    this.#serving.serve(handlers, validators);
  }

  /**
   * Asks the other end. Rejects with what its handler threw, or with `cancelled`, `disposed`,
   * `peer-restarted`, `protocol-version`, `unknown-request`, `invalid-params`, `not-wire`,
   * `too-large`.
   */
  async request<K extends RequestName<Remote>>(
    name: K,
    params: Params<Remote, K>,
    options: RequestOptions = {},
  ): Promise<Result<Remote, K>> {
    const packed = pack(params, name, options.signal?.aborted === true ? [] : options.transfer);
    let transfer: number | undefined;
    const send = (id: number): void => {
      this.#handshake.whenOpen(
        () => {
          if (!this.#requests.has(id)) {
            return;
          }
          try {
            transfer = this.#courier.deliver(
              { kind: 'request', id, name, body: packed.body },
              packed,
              {
                onProgress: (done, total) => {
                  this.#requests.progress(id, 'sending', done, total);
                },
              },
            );
          } catch (error) {
            this.#requests.reject(id, toPlaygroundError(error));
          }
        },
        (error) => {
          this.#requests.reject(id, error);
        },
      );
    };
    const onCancel = (id: number): void => {
      if (transfer !== undefined) {
        this.#courier.cancel(transfer);
      }
      if (this.#handshake.isOpen) {
        this.#post({ kind: 'cancel', id });
      }
    };
    // The other end's compiler vouches for the type of its result.
    return await this.#requests.add(name, options, send, onCancel);
  }

  /**
   * Tells the other end, if there is one that understands. `transfer` lists buffers that are given
   * away instead of copied.
   *
   * @throws not-wire, if the payload cannot travel.
   */
  emit<K extends EventName<Local>>(
    name: K,
    payload: Payload<Local, K>,
    transfer: readonly ArrayBuffer[] = [],
  ): void {
    this.#emit(name, payload, transfer, false);
  }

  /**
   * Tells the other end the newest only: while one payload is on its way, only the last `make`
   * waits, and it runs when its turn has come. For pictures and states, where the past does not
   * matter.
   */
  latest<K extends EventName<Local>>(
    name: K,
    make: () => Payload<Local, K> | Promise<Payload<Local, K>>,
  ): void {
    this.#latest.offer(name, make);
  }

  /** Listens to the other end's event; a listener that throws is reported. Returns how to stop. */
  on<K extends EventName<Remote>>(
    name: K,
    listener: (payload: Payload<Remote, K>) => unknown,
    validator?: Validator<Payload<Remote, K>>,
  ): () => void {
    return this.#listeners.add(name, (payload) =>
      listener(checkWith(validator, `The event "${name}"`, payload) as Payload<Remote, K>),
    );
  }

  /** Resolves when both ends have met; rejects with `protocol-version` or `disposed`. */
  ready(): Promise<Peer> {
    return this.#handshake.ready();
  }

  /** Called for each new life of the other end. Returns how to stop. */
  onReady(listener: (peer: Peer) => void): () => void {
    return this.#handshake.onReady(listener);
  }

  /**
   * Ends the conversation: what is pending rejects with `disposed`, running handlers are aborted.
   */
  dispose(): void {
    this.#stopListening();
    const reason = endpointError('disposed', `The ${this.#name} was closed.`, 'Open it again.');
    this.#handshake.dispose(reason);
    this.#forgetPeer(reason);
    this.#latest.clear();
    this.#listeners.clear();
  }

  #forgetPeer(reason: PlaygroundError): void {
    this.#courier.clear();
    this.#serving.cancelAll();
    this.#requests.rejectAll(reason);
  }

  #emit(name: string, payload: unknown, give: readonly ArrayBuffer[], latest: boolean): void {
    const packed = pack(payload, name, give);
    const mark = latest ? { latest } : {};
    this.#handshake.whenOpen(
      () => {
        this.#courier.deliver({ kind: 'event', name, ...mark, body: packed.body }, packed);
      },
      // Without a peer that understands there is nobody to tell; requests and ready() say so.
      () => undefined,
    );
  }

  #post(frame: Frame, transfer: ArrayBuffer[] = []): void {
    const sent = this.#port.post(wrapFrame(frame), transfer);
    Promise.resolve(sent).catch(this.#report);
  }

  #receive(message: unknown): void {
    const frame = readFrame(message);
    if (frame === undefined) {
      return;
    }
    if (frame.kind === 'ready') {
      this.#handshake.receive(frame);
      return;
    }
    // What comes before the other end has answered was meant for a former life of this end.
    if (this.#handshake.isOpen) {
      this.#receiveOpen(frame);
    }
  }

  #receiveOpen(frame: Exclude<Frame, { kind: 'ready' }>): void {
    switch (frame.kind) {
      case 'error':
        this.#requests.reject(frame.id, fromWire(frame.error));
        break;
      case 'progress':
        this.#requests.progress(frame.id, 'working', frame.done, frame.total);
        break;
      case 'cancel':
        this.#serving.cancel(frame.id);
        break;
      case 'seen':
        this.#latest.seen(frame.name);
        break;
      case 'carry':
      case 'begin':
      case 'chunk':
      case 'received':
      case 'abort':
      case 'stop':
        this.#courier.receive(frame);
        break;
      default:
        frame satisfies never;
    }
  }

  /** A value has arrived whole. */
  #accept(carrier: Carrier, buffers: readonly ArrayBuffer[]): void {
    switch (carrier.kind) {
      case 'request':
        void this.#serving.answer(carrier.id, carrier.name, () => unpack(carrier.body, buffers));
        break;
      case 'result':
        try {
          this.#requests.resolve(carrier.id, unpack(carrier.body, buffers));
        } catch (error) {
          this.#refuse(carrier, error);
        }
        break;
      case 'event':
        void this.#hear(carrier, () => unpack(carrier.body, buffers));
        break;
      default:
        carrier satisfies never;
    }
  }

  /** A value could not be taken: who waits for it is told. */
  #refuse(carrier: Carrier, error: unknown): void {
    switch (carrier.kind) {
      case 'request':
        this.#serving.refuse(carrier.id, error);
        break;
      case 'result':
        this.#requests.reject(carrier.id, toPlaygroundError(error));
        break;
      case 'event':
        this.#report(error);
        break;
      default:
        carrier satisfies never;
    }
  }

  /**
   * Tells the listeners, and the sender of a live picture that it may send the next. Never rejects.
   */
  async #hear(event: Carrier & { kind: 'event' }, readPayload: () => unknown): Promise<void> {
    await this.#listeners.tell(event.name, readPayload);
    if (event.latest === true && this.#handshake.isOpen) {
      this.#post({ kind: 'seen', name: event.name });
    }
  }
}
