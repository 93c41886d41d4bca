/**
 * @file The worker that the engine lives in: started from a blob, asked through an endpoint,
 * started anew after it has died. It knows no message by name but the asset.
 */
import { PlaygroundError, type Failure } from '../../config/errors';
import type { Handlers, Params, RequestName, Result } from '../../protocol/contract';
import { Endpoint } from '../../protocol/endpoint';
import type { RequestOptions } from '../../protocol/endpointRequests';
import { protocolVersion, type EngineApi, type PageForEngineApi } from '../../protocol/engineApi';
import { isPlaygroundError } from '../../protocol/errors';
import { messagePort } from '../../protocol/port';

export type EngineEndpoint = Endpoint<PageForEngineApi, EngineApi>;

export interface EngineConnectionOptions {
  /** Address of `dist`, without a slash at its end. */
  readonly dist: string;
  readonly storeSnapshot: Handlers<PageForEngineApi>['storeSnapshot'];
  /** Each life of the engine: listen to its events here. */
  readonly onStarted: (endpoint: EngineEndpoint) => void;
  /** The worker could not start or has died; the next request starts another. */
  readonly onLost: (failure: Failure) => void;
  /** What no request reports. */
  readonly onError: (error: PlaygroundError) => void;
}

interface Life {
  readonly endpoint: EngineEndpoint;
  readonly worker: Worker;
  /** Requests that it has not answered. */
  pending: number;
  /** No more requests come: it ends with the last answer. */
  retired: boolean;
  /** Why it ended, once it has. */
  lost?: Failure;
}

/** What of `dist` an engine may ask for. */
const assets = /^(tfjs-backend-wasm(-simd)?\.wasm|tokenizers\/[a-z0-9_]+\.json)$/;

export class EngineConnection {
  readonly #options: EngineConnectionOptions;
  #life: Promise<Life> | undefined;

  constructor(options: EngineConnectionOptions) {
    this.#options = options;
  }

  /** Starts the worker if there is none: what takes time has passed when the first run comes. */
  warmUp(): void {
    this.#living().catch(() => {
      // `onLost` has told.
    });
  }

  /**
   * Asks the engine, starting it where it is not there. Rejects with why it died if it dies
   * meanwhile.
   */
  async request<K extends RequestName<EngineApi>>(
    name: K,
    params: Params<EngineApi, K>,
    options: RequestOptions = {},
  ): Promise<Result<EngineApi, K>> {
    const life = await this.#living();
    life.pending += 1;
    try {
      return await life.endpoint.request(name, params, options);
    } catch (error) {
      if (life.lost !== undefined && isPlaygroundError(error, 'disposed')) {
        throw new PlaygroundError(life.lost, { cause: error });
      }
      throw error;
    } finally {
      life.pending -= 1;
      if (life.retired) endWhenDone(life);
    }
  }

  /**
   * Lets the engine answer what it was asked, and starts another for what comes next: one that has
   * run out of memory cannot be trusted with another run.
   */
  async retire(): Promise<void> {
    const leaving = this.#life;
    this.#life = undefined;
    this.warmUp();
    const life = await started(leaving);
    if (!life) return;
    life.retired = true;
    endWhenDone(life);
  }

  /**
   * Ends the engine whatever it is doing, and starts another; what it was asked is rejected with
   * `reason`.
   */
  async abandon(reason: Failure): Promise<void> {
    const leaving = this.#life;
    const life = await started(leaving);
    if (!life || life.lost !== undefined || this.#life !== leaving) return;
    const { code, message, remedy } = reason;
    life.lost = { code, message, remedy };
    life.worker.terminate();
    life.endpoint.dispose();
    this.#life = undefined;
    this.warmUp();
  }

  /** Ends an engine that does not answer, as one that died: resolves when `onLost` has told. */
  async lose(reason: string): Promise<void> {
    const leaving = this.#life;
    const life = await started(leaving);
    if (life && this.#life === leaving) await this.#end(life, reason);
  }

  /** Tells an engine that is there; one that is not has nothing to know. */
  async setVisible(visible: boolean): Promise<void> {
    const life = await started(this.#life);
    life?.endpoint.emit('visibility', { visible });
  }

  #living(): Promise<Life> {
    this.#life ??= this.#start().catch((thrown: unknown) => {
      this.#life = undefined;
      const failure: Failure = {
        code: 'engine-start',
        message: `The engine could not be started: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        remedy: 'Try again. If it fails again, reinstall the extension or copy the diagnostics.',
      };
      this.#options.onLost(failure);
      throw new PlaygroundError(failure, { cause: thrown });
    });
    return this.#life;
  }

  async #start(): Promise<Life> {
    const { dist, storeSnapshot, onStarted, onError } = this.#options;
    // Two files joined, so that another model can take the place of the built-in one.
    const sources = await Promise.all(
      ['engine.js', 'model.js'].map(async (name) => (await load(`${dist}/${name}`)).text()),
    );
    const address = URL.createObjectURL(
      new Blob([sources.join('\n')], { type: 'text/javascript' }),
    );
    const worker = new Worker(address, { name: 'engine' });
    const failed = new Promise<never>((_resolve, reject) => {
      worker.addEventListener('error', (event) => {
        reject(new Error(reasonOf(event)));
      });
    });
    const endpoint: EngineEndpoint = new Endpoint(messagePort(worker), {
      name: 'playground',
      protocolVersion,
      onError,
    });
    const life: Life = { endpoint, worker, pending: 0, retired: false };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      void this.#end(life, reasonOf(event));
    });
    worker.addEventListener('messageerror', () => {
      void this.#end(life, 'a message of it could not be read');
    });
    endpoint.serve({
      storeSnapshot,
      asset: async ({ name }, context) => {
        const bytes = await readAsset(dist, name);
        context.transfer(bytes);
        return bytes;
      },
    });
    onStarted(endpoint);
    try {
      await Promise.race([endpoint.ready(), failed]);
    } finally {
      URL.revokeObjectURL(address);
    }
    return life;
  }

  async #end(life: Life, reason: string): Promise<void> {
    if (life.lost !== undefined) return;
    life.lost = {
      code: 'engine-died',
      message: `The engine stopped working: ${reason}.`,
      // What is left of a run is the host's to say: see `failedRun.ts`.
      remedy: 'Train, resume or load a run: that starts it anew.',
    };
    const { lost } = life;
    life.worker.terminate();
    life.endpoint.dispose();
    const current = await started(this.#life);
    if (current !== life) return;
    this.#life = undefined;
    this.#options.onLost(lost);
  }
}

/** Undefined where there is no engine, or one that could not start: `onLost` has told why. */
async function started(life: Promise<Life> | undefined): Promise<Life | undefined> {
  try {
    return await life;
  } catch {
    // Told by `#living`, once for everybody who waits.
    return undefined;
  }
}

function endWhenDone({ endpoint, worker, pending }: Life): void {
  if (pending > 0) return;
  worker.terminate();
  endpoint.dispose();
}

/** What the browser says of an error nobody caught, without saying that nobody caught it. */
function reasonOf({ message }: ErrorEvent): string {
  return message.replace(/^Uncaught (Error: )?/, '') || 'it gave no reason';
}

async function readAsset(dist: string, name: string): Promise<ArrayBuffer> {
  if (!assets.test(name)) {
    throw new PlaygroundError({
      code: 'unknown-asset',
      message: `The engine asked for "${name}", which is none of the extension's files for it.`,
      remedy: 'Reinstall the extension; if it happens again, report it.',
    });
  }
  return (await load(`${dist}/${name}`)).arrayBuffer();
}

async function load(address: string): Promise<Response> {
  const response = await fetch(address);
  if (response.ok) return response;
  throw new PlaygroundError({
    code: 'file-missing',
    message: `${address.split('/').at(-1) ?? address} could not be read (${response.status}).`,
    remedy: 'Reinstall the extension.',
  });
}
