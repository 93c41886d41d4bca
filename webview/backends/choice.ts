/**
 * @file Chooses where to train: what the user chose if it works, else the faster of WebGPU and WASM by a timed trial
 * step, else plain CPU. Says why, and why not better. Must not know the model: the trial is the caller's.
 */
import type { Backend, BackendChoice, BackendReport, Rejection } from '../config/backend';
import { failureOf, PlaygroundError } from '../config/errors';
import { backendNames, rejection, type Cause } from './causes';
import { openCpu } from './cpu';
import { Device } from './device';
import { forgetBackend } from './registry';
import * as tf from './tf';
import { versions } from './versions';
import { openWasm, type AssetReader, type WasmFeatures } from './wasm';
import { findAdapter, type FoundAdapter } from './webgpu';

/** What choosing asks of its surroundings; tests pass their own. */
export interface BackendEnvironment {
  readonly gpu: Pick<GPU, 'requestAdapter'> | undefined;
  readonly linux: boolean;
  readonly openDevice: (adapter: GPUAdapter) => Promise<Device>;
  readonly openWasm: (assets: AssetReader) => Promise<WasmFeatures>;
}

export interface BackendRequest {
  readonly choice: BackendChoice;
  readonly assets: AssetReader;
  /**
   * Milliseconds of one training step on the backend that is current. Must dispose what it makes. Without it WebGPU on
   * a real adapter is taken to be the faster.
   */
  readonly probe?: (backend: Backend) => Promise<number>;
  /** Bytes of the largest tensor of the model, usually the logits. */
  readonly largestTensor?: number;
  /** Why WebGPU must not be tried again: the device of this session was lost. */
  readonly lost?: string;
  readonly environment?: BackendEnvironment;
}

export interface ChosenBackend {
  readonly report: BackendReport;
  /** The device beneath WebGPU, to hear of its troubles and to close it. */
  readonly device?: Device;
}

/** This worker's own surroundings. */
export function currentEnvironment(): BackendEnvironment {
  const { gpu, userAgent }: { gpu?: GPU; userAgent: string } = navigator;
  return {
    gpu,
    linux: userAgent.includes('Linux') && !userAgent.includes('Android'),
    openDevice: (adapter) => Device.open(adapter),
    openWasm: (assets) => openWasm(assets),
  };
}

/** Makes the chosen backend current. Never fails: plain CPU is always there. */
export async function chooseBackend(request: BackendRequest): Promise<ChosenBackend> {
  return new Choosing(request).choose();
}

/** One choice while it is made: what was opened, measured and rejected so far. */
class Choosing {
  readonly #request: BackendRequest;
  readonly #environment: BackendEnvironment;
  readonly #rejected: Rejection[] = [];
  readonly #probe: Partial<Record<Backend, number>> = {};

  constructor(request: BackendRequest) {
    this.#request = request;
    this.#environment = request.environment ?? currentEnvironment();
  }

  async choose(): Promise<ChosenBackend> {
    const { choice } = this.#request;
    const found = await this.#openWebgpu();
    if (found && choice === 'webgpu') return this.#take('webgpu', 'You chose WebGPU.', found);
    const host = await this.#openHost();
    const hostReason = this.#hostReason(host);
    if (!found) return this.#take(host, hostReason);
    const software = found.adapter.software;
    if (software && (host === 'wasm' || !this.#request.probe)) {
      this.#reject('software-adapter', nameOf(found));
    } else if (await this.#webgpuIsFaster(host, found)) {
      if (host === 'wasm') forgetBackend('wasm');
      return this.#take('webgpu', this.#webgpuReason(host), found);
    }
    found.close();
    return this.#take(host, hostReason);
  }

  /** An open device, unless it was not asked for or something rejected it. */
  async #openWebgpu(): Promise<Device | undefined> {
    const { choice, lost, largestTensor = 0 } = this.#request;
    if (choice === 'wasm' || choice === 'cpu') {
      this.#reject('webgpu-not-chosen', backendNames[choice]);
      return undefined;
    }
    if (lost !== undefined) {
      this.#reject('device-lost', lost);
      return undefined;
    }
    const found: FoundAdapter = await findAdapter(this.#environment, largestTensor);
    if ('cause' in found) {
      this.#reject(found.cause, found.detail);
      return undefined;
    }
    try {
      return await this.#environment.openDevice(found.adapter);
    } catch (error) {
      this.#reject('device-refused', reasonOf(error));
      return undefined;
    }
  }

  /** WASM where it runs and was not ruled out, else plain CPU; current afterwards. */
  async #openHost(): Promise<'wasm' | 'cpu'> {
    const { choice, assets } = this.#request;
    if (choice === 'cpu') {
      this.#reject('wasm-not-chosen', backendNames.cpu);
    } else {
      try {
        const { simd } = await this.#environment.openWasm(assets);
        if (!simd) this.#reject('wasm-without-simd');
        return 'wasm';
      } catch (error) {
        this.#reject('wasm-blocked', reasonOf(error));
      }
    }
    await openCpu();
    return 'cpu';
  }

  async #webgpuIsFaster(host: 'wasm' | 'cpu', device: Device): Promise<boolean> {
    const { probe } = this.#request;
    if (!probe) return true;
    const troubles: string[] = [];
    const stop = device.onTrouble(({ message }) => troubles.push(message));
    try {
      await tf.setBackend('webgpu');
      this.#probe.webgpu = await probe('webgpu');
      if (troubles.length > 0) throw new Error(troubles.join(' '));
      await tf.setBackend(host);
      this.#probe[host] = await probe(host);
    } catch (error) {
      this.#reject('webgpu-probe-failed', reasonOf(error));
      return false;
    } finally {
      stop();
    }
    if (this.#probe.webgpu <= this.#probe[host]) return true;
    this.#reject(host === 'wasm' ? 'wasm-faster' : 'cpu-faster', this.#times(host));
    return false;
  }

  async #take(backend: Backend, reason: string, device?: Device): Promise<ChosenBackend> {
    await tf.setBackend(backend);
    const measured = Object.keys(this.#probe).length > 0;
    const report: BackendReport = {
      backend,
      reason,
      rejected: this.#rejected,
      versions: { ...versions },
      ...(device && { adapter: device.adapter }),
      ...(measured && { probe: this.#probe }),
    };
    return { report, ...(device && { device }) };
  }

  #reject(cause: Cause, detail?: string): void {
    this.#rejected.push(rejection(cause, detail));
  }

  #times(host: 'wasm' | 'cpu'): string {
    const time = (backend: Backend) =>
      `${(this.#probe[backend] ?? NaN).toFixed(1)} ms a step on ${backendNames[backend]}`;
    return `${time(host)}, ${time('webgpu')}`;
  }

  #webgpuReason(host: 'wasm' | 'cpu'): string {
    if (this.#probe.webgpu === undefined) return 'WebGPU is there, with a graphics adapter.';
    return `WebGPU was the faster in a trial step: ${this.#times(host)}.`;
  }

  #hostReason(host: 'wasm' | 'cpu'): string {
    if (this.#request.choice === host) return `You chose ${backendNames[host]}.`;
    if (host === 'wasm') return 'WASM is the fastest that works here.';
    return 'Neither WebGPU nor WASM works here; plain CPU is slow.';
  }
}

function nameOf({ adapter }: Device): string {
  return adapter.description || adapter.architecture || adapter.vendor || 'unnamed';
}

/** What the browser said beneath a failure, since the table of causes says the rest. */
function reasonOf(error: unknown): string {
  const cause = error instanceof PlaygroundError ? (error.cause ?? error) : error;
  return failureOf(cause).message;
}
