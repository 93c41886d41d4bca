/**
 * @file Large messages: whole, overtaken by small ones, stopped in the middle, refused when too
 * large.
 */
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../webview/protocol/contract';
import { conversationForEach, handlers, MEGABYTE, pattern, portKinds, sameBytes } from './api';
import type { Api, Nothing } from './api';
import { endpoint, settle } from './ports';

describe.each(portKinds)('a large message over %s', (_name, makePair) => {
  const talk = conversationForEach(makePair);

  it('brings 20 MB over intact, in both directions, and says how far it is', async () => {
    const { client } = talk();
    const progress: Progress[] = [];
    const sent = pattern(20 * MEGABYTE + 12345);
    const echoed = (await client.request(
      'echo',
      { parts: [sent.subarray(0, 5_000_001), sent.subarray(5_000_001)] },
      { onProgress: (report) => progress.push(report) },
    )) as { parts: Uint8Array[] };
    expect(sameBytes(Buffer.concat(echoed.parts), sent)).toBe(true);
    const sending = progress.filter(({ phase }) => phase === 'sending');
    const receiving = progress.filter(({ phase }) => phase === 'receiving');
    expect(sending.at(-1)).toEqual({ phase: 'sending', done: sent.length, total: sent.length });
    expect(receiving.at(-1)?.done).toBe(sent.length);
    const done = sending.map((report) => report.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.length).toBeGreaterThan(70);
  });

  it('lets small messages overtake a large one', async () => {
    const { client } = talk();
    await client.ready();
    const order: string[] = [];
    const large = client.request('big', { bytes: 20 * MEGABYTE }).then((result) => {
      order.push('large');
      return result;
    });
    const first = client.request('echo', pattern(8 * MEGABYTE)).then(() => order.push('upload'));
    const small = client.request('add', { a: 1, b: 1 }).then(() => order.push('small'));
    await Promise.all([small, first]);
    expect(sameBytes((await large).data, pattern(20 * MEGABYTE))).toBe(true);
    expect(order[0]).toBe('small');
  });

  it('stops a transfer in the middle when its request is cancelled', async () => {
    const { client, server, pair: ports } = talk();
    await client.ready();
    let chunks = 0;
    ports.left.onMessage((message) => {
      chunks += JSON.stringify(message).includes('"chunk"') ? 1 : 0;
    });
    const abort = new AbortController();
    const receiving = client.request(
      'big',
      { bytes: 20 * MEGABYTE },
      {
        signal: abort.signal,
        onProgress: ({ phase, done }) => {
          if (phase === 'receiving' && done > 2 * MEGABYTE) {
            abort.abort();
          }
        },
      },
    );
    await expect(receiving).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    expect(chunks).toBeLessThan(15);

    let sentChunks = 0;
    ports.right.onMessage((message) => {
      sentChunks += JSON.stringify(message).includes('"chunk"') ? 1 : 0;
    });
    const abortSending = new AbortController();
    const sending = client.request('echo', pattern(20 * MEGABYTE), {
      signal: abortSending.signal,
      onProgress: ({ phase }) => {
        expect(phase).toBe('sending');
        abortSending.abort();
      },
    });
    await expect(sending).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    expect(sentChunks).toBeLessThan(5);
    expect(await client.request('add', { a: 1, b: 2 })).toBe(3);
    expect([...client.errors, ...server.errors]).toEqual([]);
  });

  it('refuses more bytes than it may hold, and goes on working', async () => {
    const pair = makePair();
    const server = endpoint<Api, Nothing>(pair.right, 'engine', { maxBytes: 3 * MEGABYTE });
    const client = endpoint<Nothing, Api>(pair.left, 'host', { maxBytes: 3 * MEGABYTE });
    server.serve(handlers());
    talk().alsoClose(server, client);
    await expect(client.request('echo', pattern(4 * MEGABYTE))).rejects.toMatchObject({
      code: 'too-large',
    });
    await expect(client.request('big', { bytes: 4 * MEGABYTE })).rejects.toMatchObject({
      code: 'too-large',
    });
    const { data } = await client.request('big', { bytes: 2 * MEGABYTE });
    expect(sameBytes(data, pattern(2 * MEGABYTE))).toBe(true);
  });

  it('sends a snapshot: what the sender changes afterwards does not show', async () => {
    const { client } = talk();
    const weights = pattern(3 * MEGABYTE);
    const point = { step: 1, weights };
    const answer = client.request('echo', point);
    point.step = 2;
    weights.fill(0);
    const echoed = (await answer) as typeof point;
    expect(echoed.step).toBe(1);
    expect(sameBytes(echoed.weights, pattern(3 * MEGABYTE))).toBe(true);
  });

  it('of a sender that is gone takes no room from its successor', async () => {
    const pair = makePair();
    const server = endpoint<Api, Nothing>(pair.right, 'engine', { maxBytes: 3 * MEGABYTE });
    server.serve(handlers());
    const client = endpoint<Nothing, Api>(pair.left, 'host');
    await client.ready();
    const abandoned = client.request('echo', pattern(2 * MEGABYTE));
    const outcome = expect(abandoned).rejects.toMatchObject({ code: 'disposed' });
    await settle(2);
    client.dispose();
    await outcome;
    const successor = endpoint<Nothing, Api>(pair.left, 'host');
    talk().alsoClose(server, successor);
    const back = (await successor.request('echo', pattern(2 * MEGABYTE))) as Uint8Array;
    expect(sameBytes(back, pattern(2 * MEGABYTE))).toBe(true);
    pair.close();
  });

  it('whose parts do not fit together is refused, and asked to stop', async () => {
    const { client, server, pair } = talk();
    await client.ready();
    const stopped: unknown[] = [];
    pair.left.onMessage((message) => {
      const frame = (message as { transformerPlayground: { kind: string; transfer?: number } })
        .transformerPlayground;
      if (frame.kind === 'stop') {
        stopped.push(frame.transfer);
      }
    });
    const post = (frame: object): unknown => pair.left.post({ transformerPlayground: frame });
    const begin = (transfer: number, size: number): unknown =>
      post({
        kind: 'begin',
        transfer,
        carrier: { kind: 'event', name: 'note', body: {} },
        sizes: [size],
        chunkBytes: 1024,
      });
    const chunk = (transfer: number, index: number, bytes: number): unknown =>
      post({ kind: 'chunk', transfer, index, data: new Uint8Array(bytes) });
    begin(101, 4096);
    chunk(101, 1, 1024);
    begin(102, 4096);
    chunk(102, 0, 512);
    begin(103, 40 * MEGABYTE);
    begin(104, 40 * MEGABYTE);
    await settle();
    expect(server.errors.map(({ code }) => code)).toEqual(['malformed', 'malformed', 'too-large']);
    expect(stopped).toEqual([101, 102, 104]);
  });
});
