/**
 * @file How two endpoints meet: each says `ready` with its version when it starts and answers the
 * other's. A `ready` of a new instance means that the other end has lost all it knew. Until the
 * first one, what is to be sent waits.
 */
import type { PlaygroundError } from '../config/errors';
import { endpointError } from './errors';
import type { FrameOf } from './wireFrames';

/** The other end, as its `ready` described it. */
export interface Peer {
  readonly name: string;
  /** It was there before and has lost all it knew: what was pending has been rejected. */
  readonly restarted: boolean;
}

interface Surroundings {
  readonly name: string;
  readonly version: number;
  readonly post: (frame: FrameOf<'ready'>) => void;
  /** Whatever the former peer knew or owed is void, for this reason. */
  readonly onPeerGone: (reason: PlaygroundError) => void;
  readonly onError: (thrown: unknown) => void;
}

interface Waiting {
  readonly go: () => void;
  readonly fail: (error: PlaygroundError) => void;
}

type State =
  | { phase: 'waiting' }
  | { phase: 'open'; instance: string; peer: Peer }
  | { phase: 'refused'; instance: string; reason: PlaygroundError }
  | { phase: 'disposed'; reason: PlaygroundError };

export class Handshake {
  readonly #surroundings: Surroundings;
  /** Differs for every life of this end. */
  readonly #instance = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  readonly #listeners = new Set<(peer: Peer) => void>();
  #state: State = { phase: 'waiting' };
  #waiting: Waiting[] = [];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get isOpen(): boolean {
    return this.#state.phase === 'open';
  }

  /** Says that this end is there. */
  announce(reply = false): void {
    const { name, version } = this.#surroundings;
    this.#surroundings.post({ kind: 'ready', name, version, instance: this.#instance, reply });
  }

  /** Runs `go` now or once the peer is there; or `fail`, if it never can be. */
  whenOpen(go: () => void, fail: (error: PlaygroundError) => void): void {
    const state = this.#state;
    switch (state.phase) {
      case 'waiting':
        this.#waiting.push({ go, fail });
        break;
      case 'open':
        go();
        break;
      case 'refused':
      case 'disposed':
        fail(state.reason);
        break;
    }
  }

  /** The peer, once it is there. */
  ready(): Promise<Peer> {
    return new Promise((resolve, reject) => {
      this.whenOpen(() => {
        if (this.#state.phase === 'open') {
          resolve(this.#state.peer);
        }
      }, reject);
    });
  }

  onReady(listener: (peer: Peer) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The other end has started, or answers that this one has. */
  receive({ instance, name, version, reply }: FrameOf<'ready'>): void {
    const state = this.#state;
    const known = 'instance' in state && state.instance === instance;
    if (state.phase === 'disposed') {
      return;
    }
    const restarted = !known && state.phase === 'open';
    if (restarted) {
      this.#surroundings.onPeerGone(
        endpointError('peer-restarted', `The ${name} was started anew.`, 'Try again.'),
      );
    }
    if (!reply) {
      this.announce(true);
    }
    if (known) {
      return;
    }
    if (version === this.#surroundings.version) {
      this.#open(instance, { name, restarted });
    } else {
      const reason = this.#mismatch(name, version);
      this.#surroundings.onError(reason);
      this.#end({ phase: 'refused', instance, reason });
    }
  }

  dispose(reason: PlaygroundError): void {
    this.#end({ phase: 'disposed', reason });
    this.#listeners.clear();
  }

  #open(instance: string, peer: Peer): void {
    this.#state = { phase: 'open', instance, peer };
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { go } of waiting) {
      this.#attempt(go);
    }
    for (const listener of this.#listeners) {
      this.#attempt(() => {
        listener(peer);
      });
    }
  }

  #end(state: State & { reason: PlaygroundError }): void {
    this.#state = state;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { fail } of waiting) {
      fail(state.reason);
    }
  }

  /** One failure must not keep what follows from being sent or told. */
  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#surroundings.onError(error);
    }
  }

  #mismatch(peer: string, peerVersion: number): PlaygroundError {
    const { name, version } = this.#surroundings;
    return endpointError(
      'protocol-version',
      `The ${name} speaks version ${version} of the protocol, the ${peer} version ${peerVersion}.`,
      'Close the playground and run "Developer: Reload Window".',
    );
  }
}
