/**
 * @file Large values cut into chunks that are acknowledged one by one, so that small messages
 * overtake them, progress is known and either side can stop. It knows frames and buffers, not
 * requests.
 */
import { endpointError } from './errors';
import type { Carrier, FrameOf } from './wireFrames';

/** Values up to this many bytes travel in one message: a second on a slow remote connection. */
export const INLINE_BYTES = 1024 * 1024;

/**
 * Two chunks in flight keep a connection busy; what is in flight cannot be overtaken, so a chunk is
 * a quarter of a second at the 1 MB/s of a slow remote.
 */
export const CHUNK_BYTES = 256 * 1024;
export const MAX_CHUNK_BYTES = 4 * 1024 * 1024;
const WINDOW = 2;

export interface OutgoingEvents {
  onProgress?(doneBytes: number, totalBytes: number): void;
  /** All chunks were received. */
  onDone?(): void;
}

interface Outgoing {
  readonly stream: ByteStream;
  readonly events: OutgoingEvents;
  sent: number;
  received: number;
}

type ChunkFrame = FrameOf<'begin' | 'chunk' | 'abort'>;

/** The transfers this side sends. */
export class OutgoingTransfers {
  readonly #chunkBytes: number;
  readonly #send: (frame: ChunkFrame, transfer: ArrayBuffer[]) => void;
  readonly #transfers = new Map<number, Outgoing>();
  #lastId = 0;

  constructor(chunkBytes: number, send: (frame: ChunkFrame, transfer: ArrayBuffer[]) => void) {
    this.#chunkBytes = Math.min(chunkBytes, MAX_CHUNK_BYTES);
    this.#send = send;
  }

  /** Returns the id to {@link cancel} it by. `buffers` must not change until it is done. */
  start(carrier: Carrier, buffers: readonly ArrayBuffer[], events: OutgoingEvents = {}): number {
    this.#lastId += 1;
    const id = this.#lastId;
    const stream = new ByteStream(buffers, this.#chunkBytes);
    const sizes = buffers.map((buffer) => buffer.byteLength);
    this.#transfers.set(id, { stream, events, sent: 0, received: 0 });
    this.#send({ kind: 'begin', transfer: id, carrier, sizes, chunkBytes: this.#chunkBytes }, []);
    this.#pump(id);
    return id;
  }

  /** The peer has chunk `index` of `transfer`: report it and send the next. */
  received(id: number, index: number): void {
    const transfer = this.#transfers.get(id);
    if (transfer?.received !== index) {
      return;
    }
    transfer.received += 1;
    const { stream, events } = transfer;
    const done = Math.min(transfer.received * this.#chunkBytes, stream.total);
    events.onProgress?.(done, stream.total);
    if (transfer.received === stream.chunks) {
      this.#transfers.delete(id);
      events.onDone?.();
    } else {
      this.#pump(id);
    }
  }

  /** Stops sending and tells the peer to forget what it has. */
  cancel(id: number): void {
    if (this.#transfers.delete(id)) {
      this.#send({ kind: 'abort', transfer: id }, []);
    }
  }

  /** The peer wants no more of it. */
  stopped(id: number): void {
    const transfer = this.#transfers.get(id);
    this.#transfers.delete(id);
    transfer?.events.onDone?.();
  }

  clear(): void {
    this.#transfers.clear();
  }

  #pump(id: number): void {
    const transfer = this.#transfers.get(id);
    if (transfer === undefined) {
      return;
    }
    const end = Math.min(transfer.received + WINDOW, transfer.stream.chunks);
    for (; transfer.sent < end; transfer.sent += 1) {
      const data = transfer.stream.read(transfer.sent);
      this.#send({ kind: 'chunk', transfer: id, index: transfer.sent, data }, [data]);
    }
  }
}

/** A transfer the peer sends, as far as it has come. */
export interface Incoming {
  readonly carrier: Carrier;
  readonly buffers: readonly ArrayBuffer[];
  /** In bytes, as is `done`. */
  readonly total: number;
  readonly done: number;
}

interface Receiving extends Incoming {
  readonly stream: ByteStream;
  next: number;
  done: number;
}

/** The transfers the peer sends. All of them together hold at most `maxBytes`. */
export class IncomingTransfers {
  readonly #maxBytes: number;
  readonly #transfers = new Map<number, Receiving>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws too-large, if it would not fit; malformed, if the peer counts wrongly. */
  begin({ transfer, carrier, sizes, chunkBytes }: FrameOf<'begin'>): void {
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const held = [...this.#transfers.values()].reduce((sum, other) => sum + other.total, 0);
    if (this.#transfers.has(transfer) || total === 0 || chunkBytes > MAX_CHUNK_BYTES) {
      throw misfit();
    }
    if (total + held > this.#maxBytes) {
      throw tooLarge(total, this.#maxBytes - held);
    }
    const buffers = allocate(sizes, total);
    const stream = new ByteStream(buffers, chunkBytes);
    this.#transfers.set(transfer, { carrier, buffers, stream, total, done: 0, next: 0 });
  }

  /** A transfer that is under way; what it says goes on changing. */
  get(transfer: number): Incoming | undefined {
    return this.#transfers.get(transfer);
  }

  /**
   * Takes a chunk; the last one ends the transfer. @throws malformed, if it is not the next one.
   */
  chunk({ transfer: id, index, data }: FrameOf<'chunk'>): void {
    const transfer = this.#transfers.get(id);
    if (transfer === undefined) {
      return;
    }
    const { stream } = transfer;
    if (index !== transfer.next || data.byteLength !== stream.sizeOf(index)) {
      this.#transfers.delete(id);
      throw misfit();
    }
    stream.write(index, data);
    transfer.next += 1;
    transfer.done += data.byteLength;
    if (transfer.done === transfer.total) {
      this.#transfers.delete(id);
    }
  }

  forget(transfer: number): void {
    this.#transfers.delete(transfer);
  }

  clear(): void {
    this.#transfers.clear();
  }
}

/**
 * Several buffers as one run of bytes, read and written in chunks that may cross from one to the
 * next.
 */
class ByteStream {
  readonly total: number;
  readonly chunks: number;
  readonly chunkBytes: number;
  readonly #buffers: readonly ArrayBuffer[];

  constructor(buffers: readonly ArrayBuffer[], chunkBytes: number) {
    this.#buffers = buffers;
    this.chunkBytes = chunkBytes;
    this.total = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
    this.chunks = Math.ceil(this.total / chunkBytes);
  }

  sizeOf(index: number): number {
    return Math.min(this.chunkBytes, this.total - index * this.chunkBytes);
  }

  read(index: number): ArrayBuffer {
    const chunk = new Uint8Array(this.sizeOf(index));
    this.#overlaps(index, chunk.length, (inBuffer, at) => {
      chunk.set(inBuffer, at);
    });
    return chunk.buffer;
  }

  write(index: number, data: ArrayBuffer): void {
    this.#overlaps(index, data.byteLength, (inBuffer, at) => {
      inBuffer.set(new Uint8Array(data, at, inBuffer.length));
    });
  }

  /**
   * Calls `visit` with each part of a buffer that chunk `index` covers, and where it lies in the
   * chunk.
   */
  #overlaps(index: number, size: number, visit: (part: Uint8Array, at: number) => void): void {
    const start = index * this.chunkBytes;
    const end = start + size;
    let base = 0;
    for (const buffer of this.#buffers) {
      const from = Math.max(start, base);
      const to = Math.min(end, base + buffer.byteLength);
      if (from < to) {
        visit(new Uint8Array(buffer, from - base, to - from), from - start);
      }
      base += buffer.byteLength;
    }
  }
}

function allocate(sizes: readonly number[], total: number): ArrayBuffer[] {
  try {
    return sizes.map((size) => new ArrayBuffer(size));
  } catch (error) {
    if (error instanceof RangeError) {
      throw tooLarge(total, 0);
    }
    throw error;
  }
}

function tooLarge(total: number, room: number): Error {
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
  return endpointError(
    'too-large',
    `A message of ${megabytes(total)} MB does not fit: there is room for ${megabytes(room)} MB.`,
    'Use a smaller file or model, or wait until other transfers are done.',
  );
}

function misfit(): Error {
  return endpointError(
    'malformed',
    'A part of a large message was lost or damaged.',
    'Try again; if it happens again, reload the window.',
  );
}
