/**
 * @file The requests this end has made and that are not settled. Each is settled once: by the
 * answer, by its signal, or by whatever ends the conversation.
 */
import type { PlaygroundError } from '../config/errors';
import type { Progress } from './contract';
import { cancelled } from './errors';

export interface RequestOptions {
  /** Cancels: the caller's promise rejects at once with `cancelled`, the handler's signal fires. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Buffers inside the params that are given away instead of copied. */
  transfer?: readonly ArrayBuffer[];
}

interface Pending {
  readonly onProgress: RequestOptions['onProgress'];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: PlaygroundError) => void;
}

export class PendingRequests {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  /**
   * A promise for the answer to `name`. `send` gets the id to send it under; `onCancel` is told
   * when the signal has fired, after the promise was rejected.
   */
  add(
    name: string,
    { signal, onProgress }: RequestOptions,
    send: (id: number) => void,
    onCancel: (id: number) => void,
  ): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        throw cancelled(name);
      }
      const onAbort = (): void => {
        this.reject(id, cancelled(name));
        onCancel(id);
      };
      const settled = (): void => {
        this.#pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      signal?.addEventListener('abort', onAbort);
      this.#pending.set(id, {
        onProgress,
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      send(id);
    });
  }

  has(id: number): boolean {
    return this.#pending.has(id);
  }

  progress(id: number, phase: Progress['phase'], done: number, total: number): void {
    this.#pending.get(id)?.onProgress?.({ phase, done, total });
  }

  resolve(id: number, result: unknown): void {
    this.#pending.get(id)?.resolve(result);
  }

  reject(id: number, error: PlaygroundError): void {
    this.#pending.get(id)?.reject(error);
  }

  rejectAll(error: PlaygroundError): void {
    for (const { reject } of [...this.#pending.values()]) {
      reject(error);
    }
  }
}
