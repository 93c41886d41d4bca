/**
 * @file Large messages in chunks: always two under way, so that a connection with a delay is never
 * idle.
 */
import { describe, expect, it } from 'vitest';
import { OutgoingTransfers } from '../../../webview/protocol/chunks';

describe('a large message', () => {
  it('has two chunks under way until the last is sent, and never three', () => {
    const sent: number[] = [];
    const done: number[] = [];
    const transfers = new OutgoingTransfers(4, (frame) => {
      if (frame.kind === 'chunk') sent.push(frame.index);
    });
    const carrier = { kind: 'event', name: 'note', body: { json: null } } as const;
    // Ten bytes: two chunks of four, and one of two.
    const id = transfers.start(carrier, [new ArrayBuffer(10)], {
      onProgress: (bytes) => done.push(bytes),
    });
    expect(sent).toEqual([0, 1]);
    transfers.received(id, 0);
    expect(sent).toEqual([0, 1, 2]);
    transfers.received(id, 1);
    transfers.received(id, 2);
    expect(sent).toEqual([0, 1, 2]);
    expect(done).toEqual([4, 8, 10]);
  });
});
