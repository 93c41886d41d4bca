/**
 * @file What an endpoint talks over, and adapters for the three kinds of port the extension has:
 * a worker or MessagePort, the host's webview, and a page. Everything is passed in structurally,
 * so that this file compiles without DOM types and without `vscode`.
 */

/** Two ends, messages arrive in order and whole, or not at all. */
export interface Port {
  /**
   * Sends plain JSON with ArrayBuffers. `transfer` lists buffers that may be moved instead of
   * copied; a port that cannot move copies. If it returns a promise,
   * its rejection means that the message was not sent.
   */
  readonly post: (message: unknown, transfer?: ArrayBuffer[]) => unknown;
  /** Returns a function that stops listening. */
  readonly onMessage: (listener: (message: unknown) => void) => () => void;
}

/** The part of a Worker, a worker's global scope or a MessagePort that is used. */
export interface MessageTarget {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  /** MessagePorts hold messages back until they are started. */
  start?(): void;
}

/** A port over a Worker, the global scope inside one, or one end of a MessageChannel. */
export function messagePort(target: MessageTarget): Port {
  return {
    post: (message, transfer = []) => {
      target.postMessage(message, transfer);
    },
    onMessage: (listener) => {
      const forward = (event: { data: unknown }): void => {
        listener(event.data);
      };
      target.addEventListener('message', forward);
      target.start?.();
      return () => {
        target.removeEventListener('message', forward);
      };
    },
  };
}

/** The part of `vscode.Webview` that is used. */
export interface HostWebview {
  postMessage(message: unknown): PromiseLike<boolean>;
  onDidReceiveMessage(listener: (message: unknown) => void): { dispose(): void };
}

/** The host's end towards a page. Buffers are always copied. */
export function webviewPort(webview: HostWebview): Port {
  return {
    post: (message) => webview.postMessage(message),
    onMessage: (listener) => {
      const subscription = webview.onDidReceiveMessage(listener);
      return () => {
        subscription.dispose();
      };
    },
  };
}

/** The part of `window` that is used. */
export type PageWindow = Pick<MessageTarget, 'addEventListener' | 'removeEventListener'>;

/** A page's end towards the host: `api` is what `acquireVsCodeApi()` returned. */
export function pagePort(api: { postMessage(message: unknown): void }, page: PageWindow): Port {
  return messagePort({
    postMessage: (message) => {
      api.postMessage(message);
    },
    addEventListener: (type, listener) => {
      page.addEventListener(type, listener);
    },
    removeEventListener: (type, listener) => {
      page.removeEventListener(type, listener);
    },
  });
}
