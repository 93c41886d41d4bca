/**
 * @file Chooses where to train: what the user chose if it works, else the faster of WebGPU and WASM
 * by a timed trial step, else plain CPU. Says why, and why not better. Must not know the model: the
 * trial is the caller's.
 */
import type {
  AdapterInfo,
  Backend,
  BackendChoice,
  BackendReport,
  Rejection,
} from '../config/backend';
import { failureOf, PlaygroundError } from '../config/errors';
import { formatBytes, memoryLimits } from '../config/memory';
import { backendNames, rejection, whichBackend, type Cause } from './causes';
import { openCpu } from './cpu';
import { describeAdapter, Device } from './device';
import { forgetBackend, makeCurrent } from './registry';
import { tooLarge, type MemoryNeeds } from './tooLarge';
import { versions } from './versions';
import { openWasm, type AssetReader, type WasmFeatures } from './wasm';
import { findAdapter, type FoundAdapter } from './webgpu';

/** What choosing asks of its surroundings; tests pass their own. */
export interface BackendEnvironment {
  readonly gpu: Pick<GPU, 'requestAdapter'> | undefined;
  readonly linux: boolean;
  readonly openDevice: (adapter: GPUAdapter) => Promise<Device>;
  readonly openWasm: (assets: AssetReader) => Promise<WasmFeatures>;
  /** Bytes that a run may take on each backend. */
  readonly limits: Readonly<Record<Backend, number>>;
}

export interface BackendRequest {
  readonly choice: BackendChoice;
  /** What a continued run was trained on; `auto` takes it again, since it gives the same bits. */
  readonly recorded?: Backend;
  readonly assets: AssetReader;
  /**
   * Milliseconds of one training step on the backend that is current. Must dispose what it makes.
   * Without it WebGPU on a real adapter is taken to be the faster.
   */
  readonly probe?: (backend: Backend) => Promise<number>;
  /** What the run takes; a backend with less is not tried. */
  readonly memory?: MemoryNeeds;
  /** Gives the choice up, as soon as the probe has noticed. */
  readonly signal?: AbortSignal;
  /** Why this run must not try WebGPU: its device was lost earlier. */
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
    limits: memoryLimits,
  };
}

/**
 * Makes the chosen backend current. Plain CPU is always there.
 *
 * @throws PlaygroundError `model-too-large` where the run fits none that may be taken, before
 * anything is allocated; the signal's reason where it was aborted.
 */
export async function chooseBackend(request: BackendRequest): Promise<ChosenBackend> {
  return new Choosing(request).choose();
}

/** One choice while it is made: what was opened, measured and rejected so far. */
class Choosing {
  readonly #request: BackendRequest;
  readonly #environment: BackendEnvironment;
  readonly #rejected: Rejection[] = [];
  readonly #needs: MemoryNeeds;
  readonly #probe: Partial<Record<Backend, number>> = {};

  /** The one backend that is to be taken if it can be: the user's, or that of a continued run. */
  readonly #wanted: Backend | undefined;

  /** The SIMD of WASM, once that was opened. */
  #simd: boolean | undefined;

  /** What kept the wanted backend from being taken. */
  #missing: Cause | undefined;

  constructor(request: BackendRequest) {
    this.#request = request;
    this.#wanted = request.choice === 'auto' ? request.recorded : request.choice;
    this.#needs = request.memory ?? { parameters: 0, total: 0, largestTensor: 0 };
    this.#environment = request.environment ?? currentEnvironment();
  }

  async choose(): Promise<ChosenBackend> {
    this.#checkOnlyChoice();
    const found = await this.#openWebgpu();
    try {
      if (found && this.#wanted === 'webgpu')
        return await this.#take('webgpu', this.#wantedReason('webgpu'), found);
      return await this.#compare(found);
    } catch (error) {
      found?.close();
      throw error;
    }
  }

  /** Takes the better of WebGPU, if it was found, and the best that runs on the processor. */
  async #compare(found: Device | undefined): Promise<ChosenBackend> {
    const host = await this.#openHost();
    if (!host && !found) throw this.#tooLarge(this.#request.choice === 'cpu' ? 'cpu' : 'wasm');
    if (!host) return this.#take('webgpu', 'Only WebGPU has memory enough for this run.', found);
    const hostReason = this.#hostReason(host);
    if (!found) return this.#take(host, hostReason);
    const software = found.adapter.software;
    if (software && (host === 'wasm' || !this.#request.probe)) {
      this.#reject('software-adapter', nameOf(found.adapter));
    } else if (await this.#webgpuIsFaster(host, found)) {
      if (host === 'wasm') forgetBackend('wasm');
      return this.#take('webgpu', this.#webgpuReason(host), found);
    }
    found.close();
    return this.#take(host, hostReason);
  }

  /** An open device, unless it was not asked for or something rejected it. */
  async #openWebgpu(): Promise<Device | undefined> {
    const { choice, lost } = this.#request;
    if (choice === 'wasm' || choice === 'cpu') {
      this.#reject('webgpu-not-chosen', backendNames[choice]);
      return undefined;
    }
    if (lost !== undefined) {
      this.#reject('device-lost', lost);
      return undefined;
    }
    if (!this.#hasRoom('webgpu')) {
      this.#reject('webgpu-memory', this.#sizes('webgpu'));
      return undefined;
    }
    const { largestTensor } = this.#needs;
    const found: FoundAdapter = await findAdapter(this.#environment, largestTensor);
    if ('cause' in found) {
      this.#reject(found.cause, found.detail);
      return undefined;
    }
    if (this.#wanted === 'wasm' || this.#wanted === 'cpu') {
      const adapter = describeAdapter(found.adapter);
      if (adapter.software) this.#reject('software-adapter', nameOf(adapter));
      else this.#reject('webgpu-not-recorded', backendNames[this.#wanted]);
      return undefined;
    }
    try {
      return await this.#environment.openDevice(found.adapter);
    } catch (error) {
      this.#reject('device-refused', reasonOf(error));
      return undefined;
    }
  }

  /**
   * WASM where it runs and was not ruled out, else plain CPU; current afterwards. Undefined where
   * neither has room.
   */
  async #openHost(): Promise<'wasm' | 'cpu' | undefined> {
    const { choice, assets } = this.#request;
    if (choice === 'cpu') {
      this.#reject('wasm-not-chosen', backendNames.cpu);
    } else if (!this.#hasRoom('wasm')) {
      this.#reject('wasm-memory', this.#sizes('wasm'));
    } else {
      try {
        const { simd } = await this.#environment.openWasm(assets);
        this.#simd = simd;
        if (this.#wanted !== 'cpu') {
          if (!simd) this.#reject('wasm-without-simd');
          return 'wasm';
        }
        forgetBackend('wasm');
        this.#reject('wasm-not-recorded', backendNames.cpu);
      } catch (error) {
        this.#reject('wasm-blocked', reasonOf(error));
      }
    }
    if (!this.#hasRoom('cpu')) return undefined;
    await openCpu();
    return 'cpu';
  }

  async #webgpuIsFaster(host: 'wasm' | 'cpu', device: Device): Promise<boolean> {
    const { probe } = this.#request;
    if (!probe) return true;
    const troubles: string[] = [];
    const stop = device.onTrouble(({ message }) => troubles.push(message));
    try {
      await makeCurrent('webgpu');
      this.#probe.webgpu = await probe('webgpu');
      if (troubles.length > 0) throw new Error(troubles.join(' '));
    } catch (error) {
      this.#request.signal?.throwIfAborted();
      this.#reject('webgpu-probe-failed', reasonOf(error));
      return false;
    } finally {
      stop();
    }
    try {
      await makeCurrent(host);
      this.#probe[host] = await probe(host);
    } catch (error) {
      this.#request.signal?.throwIfAborted();
      if (host === 'wasm') this.#reject('wasm-probe-failed', reasonOf(error));
      return true;
    }
    if (this.#probe.webgpu <= this.#probe[host]) return true;
    this.#reject(host === 'wasm' ? 'wasm-faster' : 'cpu-faster', this.#times(host));
    return false;
  }

  async #take(backend: Backend, reason: string, device?: Device): Promise<ChosenBackend> {
    await makeCurrent(backend);
    const measured = Object.keys(this.#probe).length > 0;
    const report: BackendReport = {
      backend,
      reason,
      rejected: this.#rejected,
      versions: this.#versions(backend),
      ...(device && { adapter: device.adapter }),
      ...(measured && { probe: this.#probe }),
    };
    return { report, ...(device && { device }) };
  }

  /**
   * What decides the bits on this backend; WASM with SIMD adds up in another order than without.
   */
  #versions(backend: Backend): BackendReport['versions'] {
    if (backend !== 'wasm' || this.#simd === undefined) return { ...versions };
    return { ...versions, simd: this.#simd ? 'yes' : 'no' };
  }

  /** What the user chose outright takes no other's place. */
  #checkOnlyChoice(): void {
    const { choice } = this.#request;
    if (choice === 'auto' || choice === 'webgpu' || this.#hasRoom(choice)) return;
    throw this.#tooLarge(choice);
  }

  #hasRoom(backend: Backend): boolean {
    return this.#needs.total <= this.#environment.limits[backend];
  }

  #sizes(backend: Backend): string {
    const needed = formatBytes(this.#needs.total);
    return `it needs about ${needed}, and there are ${formatBytes(this.#environment.limits[backend])}`;
  }

  #tooLarge(tried: Backend): PlaygroundError {
    return tooLarge(this.#needs, tried, this.#environment.limits, this.#rejected);
  }

  #reject(cause: Cause, detail?: string): void {
    const row = rejection(cause, detail);
    this.#rejected.push(row);
    if (row.backend === this.#wanted) this.#missing = cause;
  }

  #times(host: 'wasm' | 'cpu'): string {
    const time = (backend: Backend) =>
      `${(this.#probe[backend] ?? NaN).toFixed(1)} ms a step on ${backendNames[backend]}`;
    return `${time(host)}, ${time('webgpu')}`;
  }

  #webgpuReason(host: 'wasm' | 'cpu'): string {
    if (this.#probe.webgpu === undefined) return 'WebGPU is there, with a graphics adapter.';
    if (this.#probe[host] === undefined) return `WebGPU works, and ${backendNames[host]} failed.`;
    return `WebGPU was the faster in a trial step: ${this.#times(host)}.`;
  }

  /** Why the wanted backend is taken. */
  #wantedReason(backend: Backend): string {
    return this.#request.choice === backend
      ? `You chose ${backendNames[backend]}.`
      : `This run was trained on ${backendNames[backend]} and goes on there.`;
  }

  #hostReason(host: 'wasm' | 'cpu'): string {
    const wanted = this.#wanted;
    if (wanted === host) return this.#wantedReason(host);
    const taken =
      host === 'wasm'
        ? 'WASM is the fastest that works here.'
        : wanted === 'wasm'
          ? 'Plain CPU is slow, but works everywhere.'
          : 'Neither WebGPU nor WASM works here; plain CPU is slow.';
    if (wanted === undefined || this.#missing === undefined) return taken;
    const who = this.#request.choice === wanted ? 'You chose' : 'This run was trained on';
    return `${who} ${backendNames[wanted]}, which ${whichBackend(this.#missing)}. ${taken}`;
  }
}

function nameOf(adapter: AdapterInfo): string {
  return adapter.description || adapter.architecture || adapter.vendor || 'unnamed';
}

/** What the browser said beneath a failure, since the table of causes says the rest. */
function reasonOf(error: unknown): string {
  const cause = error instanceof PlaygroundError ? (error.cause ?? error) : error;
  return failureOf(cause).message;
}
