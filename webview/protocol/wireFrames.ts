/**
 * @file What endpoints say to each other, as schemas: a frame that does not fit is refused before
 * anything of it is used. Ids of requests and transfers count up on the side that started them.
 */
import * as z from '../config/zod';
import { nonFiniteNames } from '../formats/nonFinite';
import { endpointError, failureSchema } from './errors';
import { arrayTypeOf, arrayTypes, isArrayBuffer } from './wireArrays';

/** The key our messages lie under; whatever else arrives on a shared port is not ours. */
const MARK = 'transformerPlayground';

const count = z.int().check(z.nonnegative());
/**
 * Buffers travel as views. VS Code recognizes a buffer by `instanceof`: one from a page that was
 * moved to a window of its own belongs to that window's realm and would reach the host as `{}`,
 * while a view is recognized in every realm.
 */
const bytes = z.pipe(
  z.custom<ArrayBuffer | Uint8Array>(isBufferOrBytes, 'expected an ArrayBuffer or its bytes'),
  z.transform(bufferOf),
);
const path = z.array(z.union([z.string(), count]));

/** A packed value without its bytes. */
const body = z.object({
  json: z.exactOptional(z.unknown()),
  /** `length` counts elements, `offset` bytes in the buffer with number `buffer`. */
  arrays: z.exactOptional(
    z.array(
      z.object({ path, type: z.enum(arrayTypes), buffer: count, offset: count, length: count }),
    ),
  ),
  numbers: z.exactOptional(z.array(z.object({ path, value: z.enum(nonFiniteNames) }))),
});
export type Body = z.infer<typeof body>;

/**
 * The three that carry values. Their buffers travel beside them or, if large, in chunks after them.
 */
const request = z.object({ kind: z.literal('request'), id: count, name: z.string(), body });
const result = z.object({ kind: z.literal('result'), id: count, body });
const event = z.object({
  kind: z.literal('event'),
  name: z.string(),
  /** Wants to be acknowledged by a `seen` when the listeners are done. */
  latest: z.exactOptional(z.boolean()),
  body,
});
const carrier = z.discriminatedUnion('kind', [request, result, event]);
export type Carrier = z.infer<typeof carrier>;

const frame = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    name: z.string(),
    version: z.number(),
    /** Differs for every life of the sender: a new one means that the old one is gone. */
    instance: z.string(),
    /** An answer to a `ready`, not to be answered again. */
    reply: z.boolean(),
  }),
  z.object({ kind: z.literal('carry'), carrier, buffers: z.array(bytes) }),
  z.object({ kind: z.literal('error'), id: count, error: failureSchema }),
  z.object({ kind: z.literal('progress'), id: count, done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('cancel'), id: count }),
  z.object({ kind: z.literal('seen'), name: z.string() }),
  z.object({
    kind: z.literal('begin'),
    transfer: count,
    carrier,
    sizes: z.array(count),
    chunkBytes: z.int().check(z.positive()),
  }),
  z.object({ kind: z.literal('chunk'), transfer: count, index: count, data: bytes }),
  z.object({ kind: z.literal('received'), transfer: count, index: count }),
  /** From the sender: there will be no more of it. */
  z.object({ kind: z.literal('abort'), transfer: count }),
  /** From the receiver: send no more of it. */
  z.object({ kind: z.literal('stop'), transfer: count }),
]);
export type Frame = z.infer<typeof frame>;
export type FrameOf<K extends Frame['kind']> = Extract<Frame, { kind: K }>;

export function wrapFrame(content: Frame): unknown {
  return { [MARK]: withViews(content) };
}

function withViews(content: Frame): unknown {
  if (content.kind === 'carry') {
    return { ...content, buffers: content.buffers.map((buffer) => new Uint8Array(buffer)) };
  }
  return content.kind === 'chunk' ? { ...content, data: new Uint8Array(content.data) } : content;
}

function isBufferOrBytes(value: unknown): value is ArrayBuffer | Uint8Array {
  return isArrayBuffer(value) || isBytes(value);
}

function isBytes(value: unknown): value is Uint8Array {
  return (
    ArrayBuffer.isView(value) && arrayTypeOf(value) === 'Uint8Array' && isArrayBuffer(value.buffer)
  );
}

/** The buffer that the bytes fill; a copy where they are a part of a larger one. */
function bufferOf(value: ArrayBuffer | Uint8Array): ArrayBuffer {
  if (isArrayBuffer(value)) return value;
  const { buffer, byteLength } = value;
  return isArrayBuffer(buffer) && buffer.byteLength === byteLength
    ? buffer
    : new Uint8Array(value).buffer;
}

/**
 * The frame in `message`, or undefined if the message is not ours.
 *
 * @throws malformed, if it is ours but does not fit.
 */
export function readFrame(message: unknown): Frame | undefined {
  if (typeof message !== 'object' || message === null || !(MARK in message)) {
    return undefined;
  }
  const parsed = frame.safeParse(message[MARK]);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw endpointError(
      'malformed',
      `A message was damaged at "${where}" and was dropped.`,
      'Reload the window; if it happens again, report it.',
    );
  }
  return parsed.data;
}
