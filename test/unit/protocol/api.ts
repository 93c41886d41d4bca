/** @file A small API and two connected endpoints that speak it, over each kind of port. */
import { afterEach, beforeEach } from 'vitest';
import { PlaygroundError } from '../../../webview/config/errors';
import type { Contract, Handlers } from '../../../webview/protocol/contract';
import { channelPair, endpoint, lossyPair, type Pair, type Reporting } from './ports';

export interface Api extends Contract {
  requests: {
    add: { params: { a: number; b: number }; result: number };
    fail: { params: { how: string }; result: null };
    forever: { params: null; result: null };
    echo: { params: unknown; result: unknown };
    big: { params: { bytes: number }; result: { data: Uint8Array } };
  };
  events: { picture: { step: number }; note: unknown };
}
export type Nothing = Contract;

export const MEGABYTE = 1024 * 1024;

/** Bytes that differ at every place where a chunk could be lost or swapped. */
export function pattern(bytes: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i += 1) {
    data[i] = (i * 31 + (i >> 8) * 7 + (i >> 16) * 13) & 255;
  }
  return data;
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export function handlers(seen: { signal?: AbortSignal } = {}): Handlers<Api> {
  return {
    add: ({ a, b }) => a + b,
    fail: ({ how }) => {
      if (how === 'clear') {
        throw new PlaygroundError({
          code: 'heads',
          message: '3 heads do not divide d_model 20',
          remedy: 'Choose 2, 4 or 5 heads.',
        });
      }
      throw new TypeError('x is not a function');
    },
    forever: (_params, { signal }) => {
      seen.signal = signal;
      return new Promise(() => undefined);
    },
    echo: (params) => params,
    big: ({ bytes }, { progress, transfer }) => {
      progress(1, 2);
      const data = pattern(bytes);
      transfer(data.buffer);
      return { data };
    },
  };
}

/** The kinds of port, for `describe.each`. */
export const portKinds: [string, () => Pair][] = [
  ['a MessageChannel', channelPair],
  ['a port that knows only JSON and buffers', lossyPair],
];

/** An engine that serves {@link Api} and a host that asks it; `close` ends both. */
export class Conversation {
  readonly pair: Pair;
  readonly server: Reporting<Api, Nothing>;
  readonly client: Reporting<Nothing, Api>;
  /** The signal of the last `forever`. */
  readonly seen: { signal?: AbortSignal } = {};
  readonly #others: { dispose(): void }[] = [];

  constructor(makePair: () => Pair) {
    this.pair = makePair();
    this.server = endpoint<Api, Nothing>(this.pair.right, 'engine', { maxBytes: 64 * MEGABYTE });
    this.client = endpoint<Nothing, Api>(this.pair.left, 'host');
    this.server.serve(handlers(this.seen));
  }

  /** Ends that a test makes itself. */
  alsoClose(...ends: readonly { dispose(): void }[]): void {
    this.#others.push(...ends);
  }

  close(): void {
    for (const end of this.#others) end.dispose();
    this.server.dispose();
    this.client.dispose();
    this.pair.close();
  }
}

/** A conversation for each test of a suite, closed after it. */
export function conversationForEach(makePair: () => Pair): () => Conversation {
  let talk: Conversation;
  beforeEach(() => {
    talk = new Conversation(makePair);
  });
  afterEach(() => {
    talk.close();
  });
  return () => talk;
}
