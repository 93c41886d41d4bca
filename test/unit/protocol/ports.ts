/**
 * @file Pairs of ports for the endpoint's tests: a real MessageChannel, and one that loses what VS
 * Code's host loses.
 */
import { MessageChannel } from 'node:worker_threads';
import type { Contract } from '../../../webview/protocol/contract';
import { Endpoint, type EndpointOptions } from '../../../webview/protocol/endpoint';
import { messagePort, type MessageTarget, type Port } from '../../../webview/protocol/port';
import type { PlaygroundError } from '../../../webview/config/errors';

export interface Pair {
  readonly left: Port;
  readonly right: Port;
  close(): void;
}

/** Two ends of a MessageChannel of Node: structured clone, real transfers. */
export function channelPair(): Pair {
  const { port1, port2 } = new MessageChannel();
  // Node's type leaves out that its ports are EventTargets as a browser's are.
  const target = (port: unknown): MessageTarget => port as MessageTarget;
  return {
    left: messagePort(target(port1)),
    right: messagePort(target(port2)),
    close: () => {
      port1.close();
    },
  };
}

/** Two ends between which a value survives only as JSON with buffers, as between host and page. */
export function lossyPair(): Pair {
  const toLeft = lossyWay();
  const toRight = lossyWay();
  return {
    left: { post: toRight.post, onMessage: toLeft.onMessage },
    right: { post: toLeft.post, onMessage: toRight.onMessage },
    close: () => undefined,
  };
}

function lossyWay(): Port {
  const listeners = new Set<(message: unknown) => void>();
  return {
    post: (message) => {
      const arrived = throughJson(message);
      setImmediate(() => {
        for (const listener of [...listeners]) {
          listener(arrived);
        }
      });
      return Promise.resolve(true);
    },
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * As VS Code serializes a page's messages: views are carried as bytes of their whole buffer, and a
 * plain buffer becomes `{}`, since in a page that was moved to a window of its own buffers are no
 * instance of the workbench's ArrayBuffer.
 */
function throughJson(message: unknown): unknown {
  const buffers: Uint8Array[] = [];
  const text = JSON.stringify(message, (_key, value: unknown) => {
    if (typeof value === 'bigint') {
      return undefined;
    }
    if (value instanceof Uint8Array) {
      const { byteOffset: at, byteLength: length } = value;
      return { $view: buffers.push(new Uint8Array(value.buffer).slice()) - 1, at, length };
    }
    return value;
  });
  return JSON.parse(text, (_key, value: unknown) => {
    if (!isView(value)) {
      return value;
    }
    const { buffer } = buffers[value.$view] ?? new Uint8Array();
    return new Uint8Array(buffer, value.at, value.length);
  });
}

function isView(value: unknown): value is { $view: number; at: number; length: number } {
  return typeof value === 'object' && value !== null && '$view' in value;
}

/** An endpoint whose reported errors can be read. */
export type Reporting<Local extends Contract, Remote extends Contract> = Endpoint<Local, Remote> & {
  readonly errors: PlaygroundError[];
};

export function endpoint<Local extends Contract, Remote extends Contract>(
  port: Port,
  name: string,
  options: Partial<EndpointOptions> = {},
): Reporting<Local, Remote> {
  const errors: PlaygroundError[] = [];
  const made = new Endpoint<Local, Remote>(port, {
    name,
    protocolVersion: 1,
    onError: (error) => errors.push(error),
    ...options,
  });
  return Object.assign(made, { errors });
}

/** Lets all messages that are under way arrive. */
export async function settle(rounds = 20): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
