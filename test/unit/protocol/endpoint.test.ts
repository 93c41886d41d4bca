/**
 * @file The endpoint over real and lossy ports: nothing is lost in silence, nothing waits for ever.
 */
import { describe, expect, it } from 'vitest';
import * as z from '../../../webview/config/zod';
import type { Contract } from '../../../webview/protocol/contract';
import type { Endpoint } from '../../../webview/protocol/endpoint';
import {
  conversationForEach,
  handlers,
  MEGABYTE,
  pattern,
  portKinds,
  type Api,
  type Nothing,
} from './api';
import { endpoint, settle } from './ports';

describe.each(portKinds)('an endpoint over %s', (_name, makePair) => {
  const talk = conversationForEach(makePair);

  it('answers a request, also one made before the other side was there', async () => {
    const pair = makePair();
    const client = endpoint<Nothing, Api>(pair.left, 'host');
    const answer = client.request('add', { a: 2, b: 3 });
    const server = endpoint<Api, Nothing>(pair.right, 'engine');
    server.serve(handlers());
    talk().alsoClose(client, server);
    expect(await answer).toBe(5);
    expect(await client.ready()).toEqual({ name: 'engine', restarted: false });
  });

  it('shows the error of the other side with its remedy', async () => {
    const { client, server } = talk();
    await expect(client.request('fail', { how: 'clear' })).rejects.toMatchObject({
      code: 'heads',
      message: '3 heads do not divide d_model 20',
      remedy: 'Choose 2, 4 or 5 heads.',
    });
    expect(server.errors).toEqual([]);
  });

  it('reports a bug in a handler on both sides, with its stack where it happened', async () => {
    const { client, server } = talk();
    await expect(client.request('fail', { how: 'bug' })).rejects.toMatchObject({
      code: 'internal',
      message: 'x is not a function',
    });
    expect(server.errors[0]?.cause).toBeInstanceOf(TypeError);
  });

  it('carries NaN, infinities, typed arrays and text unharmed', async () => {
    const { client } = talk();
    const value = {
      loss: NaN,
      range: [-Infinity, Infinity, -1.5],
      curve: new Float32Array([1, NaN, Infinity]),
      middle: new Uint16Array([1, 2, 3, 4]).subarray(1, 3),
      bytes: new Uint8Array([7]).buffer,
      nested: [{ text: 'ünï', none: null, yes: true }],
    };
    expect(await client.request('echo', value)).toEqual(value);
    expect(await client.request('echo', NaN)).toBeNaN();
    expect(await client.request('echo', undefined)).toBeUndefined();
  });

  it('refuses what would be lost, naming the place', async () => {
    const { client, server } = talk();
    await expect(client.request('echo', { metrics: [{}, { loss: 1n }] })).rejects.toMatchObject({
      code: 'not-wire',
      message: 'echo.metrics[1].loss is the BigInt 1.',
    });
    expect(() => {
      server.emit('note', new Map());
    }).toThrow('note is a Map.');
  });

  it('refuses params that do not fit the schema, naming the field', async () => {
    const { client, server } = talk();
    server.serve(handlers(), { add: z.object({ a: z.number(), b: z.number() }) });
    await expect(client.request('add', { a: 1, b: '2' as unknown as number })).rejects.toThrow(
      /"add" does not fit at "b"/,
    );
  });

  it('says so when the other side does not know a request', async () => {
    const { client } = talk();
    const unknown = client as unknown as Endpoint<Nothing, Contract>;
    await expect(unknown.request('toString', null)).rejects.toMatchObject({
      code: 'unknown-request',
    });
  });

  it('cancels: the caller at once, the handler through its signal', async () => {
    const { client, seen } = talk();
    await client.ready();
    const abort = new AbortController();
    const answer = client.request('forever', null, { signal: abort.signal });
    await settle();
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    expect(seen.signal?.aborted).toBe(true);
    await expect(
      client.request('forever', null, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('rejects what is pending when it is disposed, and what comes after', async () => {
    const { client } = talk();
    const answer = client.request('forever', null);
    await client.ready();
    client.dispose();
    await expect(answer).rejects.toMatchObject({ code: 'disposed' });
    await expect(client.request('add', { a: 1, b: 1 })).rejects.toMatchObject({ code: 'disposed' });
    await expect(client.ready()).rejects.toMatchObject({ code: 'disposed' });
  });

  it('tells running handlers when their own side is disposed', async () => {
    const { client, server, seen } = talk();
    const answer = client.request('forever', null);
    await client.ready();
    await settle();
    server.dispose();
    expect(seen.signal?.aborted).toBe(true);
    client.dispose();
    await expect(answer).rejects.toMatchObject({ code: 'disposed' });
  });

  it('tells listeners in order, and one that fails does not keep the others from hearing', async () => {
    const { client, server } = talk();
    const heard: unknown[] = [];
    client.on('note', () => {
      throw new Error('listener broke');
    });
    const stop = client.on('note', (note) => heard.push(note));
    [1, 2, 3].forEach((note) => {
      server.emit('note', note);
    });
    await settle();
    stop();
    server.emit('note', 4);
    await settle();
    expect(heard).toEqual([1, 2, 3]);
    expect(client.errors.map(({ message }) => message)).toContain('listener broke');
  });

  it('drops live pictures that nobody can draw in time, never the last one', async () => {
    const { client, server } = talk();
    const drawn: number[] = [];
    let finish: () => void = () => undefined;
    client.on('picture', async ({ step }) => {
      drawn.push(step);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    let made = 0;
    for (let step = 1; step <= 100; step += 1) {
      server.latest('picture', () => {
        made += 1;
        return { step };
      });
    }
    await settle();
    expect(drawn).toEqual([1]);
    finish();
    await settle();
    expect(drawn).toEqual([1, 100]);
    expect(made).toBe(2);
  });

  it('goes on with live pictures after one could not be made', async () => {
    const { client, server } = talk();
    const drawn: number[] = [];
    client.on('picture', ({ step }) => drawn.push(step));
    server.latest('picture', () => Promise.reject(new Error('device lost')));
    server.latest('picture', () => ({ step: 2 }));
    await settle();
    expect(drawn).toEqual([2]);
    expect(server.errors.map(({ message }) => message)).toEqual(['device lost']);
  });

  it('notices that the other side has started anew: pending requests end, new ones work', async () => {
    const { client, server, pair: ports } = talk();
    await client.ready();
    const met: boolean[] = [];
    client.onReady(({ restarted }) => met.push(restarted));
    const answer = client.request('forever', null);
    const large = client.request('echo', pattern(8 * MEGABYTE));
    const outcomes = Promise.allSettled([answer, large]);
    await settle(3);
    server.dispose();
    const successor = endpoint<Api, Nothing>(ports.right, 'engine');
    successor.serve(handlers());
    talk().alsoClose(successor);
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'peer-restarted' } });
    }
    expect(await client.request('add', { a: 4, b: 5 })).toBe(9);
    expect(met).toEqual([true]);
    const { data } = await client.request('big', { bytes: 2 * MEGABYTE });
    expect(data.length).toBe(2 * MEGABYTE);
  });

  it('does not take the answer to a former life for its own', async () => {
    const { client, server, pair: ports } = talk();
    let answerLate: (value: unknown) => void = () => undefined;
    server.serve({
      ...handlers(),
      echo: () =>
        new Promise((resolve) => {
          answerLate = resolve;
        }),
    });
    const first = expect(client.request('echo', 'old')).rejects.toMatchObject({
      code: 'disposed',
    });
    await client.ready();
    await settle();
    client.dispose();
    await first;
    const successor = endpoint<Nothing, Api>(ports.left, 'host');
    talk().alsoClose(successor);
    await successor.ready();
    const forever = successor.request('forever', null);
    answerLate('old answer');
    const outcome = await Promise.race([
      forever.catch(() => 'rejected'),
      settle().then(() => 'open'),
    ]);
    expect(outcome).toBe('open');
    successor.dispose();
    await expect(forever).rejects.toMatchObject({ code: 'disposed' });
  });

  it('refuses to talk to another version, and says which two versions met', async () => {
    const pair = makePair();
    const client = endpoint<Nothing, Api>(pair.left, 'host');
    const early = client.request('add', { a: 1, b: 1 });
    const server = endpoint<Api, Nothing>(pair.right, 'engine', { protocolVersion: 2 });
    talk().alsoClose(client, server);
    const expected = {
      code: 'protocol-version',
      message: 'The host speaks version 1 of the protocol, the engine version 2.',
    };
    await expect(early).rejects.toMatchObject(expected);
    await expect(client.ready()).rejects.toMatchObject(expected);
    await expect(server.ready()).rejects.toMatchObject({ code: 'protocol-version' });
  });

  it('ignores foreign messages and drops damaged ones with a report', async () => {
    const { client, server, pair: ports } = talk();
    await client.ready();
    ports.left.post('hello');
    ports.left.post({ type: 'devtools' });
    ports.left.post({ transformerPlayground: { kind: 'nonsense' } });
    ports.left.post({
      transformerPlayground: {
        kind: 'begin',
        transfer: 99,
        carrier: { kind: 'event', name: 'note', body: {} },
        sizes: [2 ** 50],
        chunkBytes: 1024,
      },
    });
    await settle();
    expect(server.errors.map(({ code }) => code)).toEqual(['malformed', 'too-large']);
    expect(await client.request('add', { a: 1, b: 1 })).toBe(2);
  });

  it('shows a live picture to a page that was reloaded while one was on its way', async () => {
    const { client, server, pair } = talk();
    await client.ready();
    client.on('picture', () => new Promise(() => undefined));
    server.latest('picture', () => ({ step: 1 }));
    server.latest('picture', () => ({ step: 2 }));
    await settle();
    client.dispose();
    const drawn: number[] = [];
    const successor = endpoint<Nothing, Api>(pair.left, 'host');
    talk().alsoClose(successor);
    successor.on('picture', ({ step }) => drawn.push(step));
    await settle();
    expect(drawn).toEqual([2]);
  });

  it('says nothing more once it is closed, not even that a picture was seen', async () => {
    const { client, server, pair } = talk();
    await client.ready();
    let finish: () => void = () => undefined;
    client.on('picture', async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    server.latest('picture', () => ({ step: 1 }));
    await settle();
    const frames: unknown[] = [];
    pair.right.onMessage((message) => {
      frames.push(message);
    });
    client.dispose();
    finish();
    await settle();
    expect(JSON.stringify(frames)).not.toContain('"seen"');
  });

  it('does not serve what was meant for a former life of its own', async () => {
    const pair = makePair();
    const server = endpoint<Api, Nothing>(pair.right, 'engine');
    talk().alsoClose(server);
    let served = 0;
    server.serve({ ...handlers(), echo: () => (served += 1) });
    const carrier = { kind: 'request', id: 7, name: 'echo', body: { json: 1 } };
    pair.left.post({ transformerPlayground: { kind: 'carry', carrier, buffers: [] } });
    await settle();
    expect(served).toBe(0);
    pair.close();
  });
});
