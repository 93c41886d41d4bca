/**
 * @file Brings values to the other end and takes those that arrive, in one message or, if they are
 * large, in chunks. It knows how values travel, not what they ask.
 */
import { IncomingTransfers, INLINE_BYTES, OutgoingTransfers, type OutgoingEvents } from './chunks';
import type { Packed } from './wire';
import type { Carrier, Frame, FrameOf } from './wireFrames';

interface Surroundings {
  readonly post: (frame: Frame, transfer?: ArrayBuffer[]) => void;
  /** Whether anybody still waits for what the carrier brings. */
  readonly isWanted: (carrier: Carrier) => boolean;
  readonly onArrived: (carrier: Carrier, buffers: readonly ArrayBuffer[]) => void;
  /** It could not be taken: too large or damaged. */
  readonly onRefused: (carrier: Carrier, error: unknown) => void;
  readonly onProgress: (carrier: Carrier, doneBytes: number, totalBytes: number) => void;
}

export type CourierFrame = FrameOf<'carry' | 'begin' | 'chunk' | 'received' | 'abort' | 'stop'>;

export class Courier {
  readonly #surroundings: Surroundings;
  readonly #outgoing: OutgoingTransfers;
  readonly #incoming: IncomingTransfers;

  /** `maxBytes` bounds what is held of all unfinished transfers together. */
  constructor(surroundings: Surroundings, chunkBytes: number, maxBytes: number) {
    this.#surroundings = surroundings;
    this.#outgoing = new OutgoingTransfers(chunkBytes, (frame, transfer) => {
      surroundings.post(frame, transfer);
    });
    this.#incoming = new IncomingTransfers(maxBytes);
  }

  /** Returns the id of the transfer if it goes in chunks; only then are there events. */
  deliver(carrier: Carrier, { buffers }: Packed, events: OutgoingEvents = {}): number | undefined {
    const total = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (total > INLINE_BYTES) {
      return this.#outgoing.start(carrier, buffers, events);
    }
    this.#surroundings.post({ kind: 'carry', carrier, buffers }, buffers);
    return undefined;
  }

  /** Sends no more of a transfer and has the other end forget it. */
  cancel(transfer: number): void {
    this.#outgoing.cancel(transfer);
  }

  receive(frame: CourierFrame): void {
    switch (frame.kind) {
      case 'carry':
        this.#surroundings.onArrived(frame.carrier, frame.buffers);
        break;
      case 'begin':
        this.#begin(frame);
        break;
      case 'chunk':
        this.#chunk(frame);
        break;
      case 'received':
        this.#outgoing.received(frame.transfer, frame.index);
        break;
      case 'abort':
        this.#incoming.forget(frame.transfer);
        break;
      case 'stop':
        this.#outgoing.stopped(frame.transfer);
        break;
      default:
        frame satisfies never;
    }
  }

  /** Both directions are void. */
  clear(): void {
    this.#outgoing.clear();
    this.#incoming.clear();
  }

  #begin(frame: FrameOf<'begin'>): void {
    const { post, isWanted, onRefused } = this.#surroundings;
    const { carrier, transfer } = frame;
    if (!isWanted(carrier)) {
      post({ kind: 'stop', transfer });
      return;
    }
    try {
      this.#incoming.begin(frame);
    } catch (error) {
      post({ kind: 'stop', transfer });
      onRefused(carrier, error);
    }
  }

  #chunk(frame: FrameOf<'chunk'>): void {
    const { post, onArrived, onRefused, onProgress } = this.#surroundings;
    const { transfer, index } = frame;
    const incoming = this.#incoming.get(transfer);
    if (incoming === undefined) {
      return;
    }
    const { carrier, buffers, total } = incoming;
    try {
      this.#incoming.chunk(frame);
    } catch (error) {
      post({ kind: 'stop', transfer });
      onRefused(carrier, error);
      return;
    }
    post({ kind: 'received', transfer, index });
    onProgress(carrier, incoming.done, total);
    if (incoming.done === total) {
      onArrived(carrier, buffers);
    }
  }
}
