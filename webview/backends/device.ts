/**
 * @file A WebGPU device of our own beneath tfjs's backend: with the adapter's full limits, and with
 * ears for what tfjs does not hear. A lost device and a refused allocation do not throw: they leave
 * stale data behind.
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import type { AdapterInfo } from '../config/backend';
import { forgetBackend } from './registry';
import * as tf from './tf';

/** Something that happened to the device outside any call. */
export type DeviceTrouble =
  | { readonly kind: 'lost'; readonly message: string }
  | { readonly kind: 'out-of-memory'; readonly message: string }
  | { readonly kind: 'invalid-command'; readonly message: string };

/** What `Diagnostics` shows of a device. */
export type DeviceLimits = Readonly<Record<RaisedLimit, number>>;

/** Limits that are asked for at the adapter's maximum; tensors of a larger model need them. */
const raisedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

type RaisedLimit = (typeof raisedLimits)[number];

/** What the page shows of an adapter. */
export function describeAdapter(adapter: GPUAdapter): AdapterInfo {
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const software = /swiftshader|llvmpipe|lavapipe|software|basic render/i;
  return {
    vendor,
    architecture,
    description,
    software: isFallbackAdapter || software.test([vendor, architecture, description].join(' ')),
  };
}

/** An open device, which tfjs's backend `webgpu` uses until `close`. */
export class Device {
  readonly adapter: AdapterInfo;
  readonly #device: GPUDevice;
  readonly #listeners = new Set<(trouble: DeviceTrouble) => void>();
  #lost: DeviceTrouble | undefined;
  /** What happened while nobody listened: a model that is being made may be refused its memory. */
  #unheard: DeviceTrouble[] = [];
  #closed = false;

  private constructor(adapter: AdapterInfo, device: GPUDevice) {
    this.adapter = adapter;
    this.#device = device;
  }

  /**
   * Requests a device and registers tfjs's backend on it, without making it current.
   *
   * @throws whatever `requestDevice` rejects with.
   */
  static async open(adapter: GPUAdapter): Promise<Device> {
    const device = await adapter.requestDevice({
      requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
      requiredLimits: Object.fromEntries(raisedLimits.map((name) => [name, adapter.limits[name]])),
    });
    const opened = new Device(describeAdapter(adapter), device);
    opened.#listen();
    // tfjs registers a backend of its own where it sees a GPU when it is imported.
    forgetBackend('webgpu');
    tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
    return opened;
  }

  get limits(): DeviceLimits {
    const entries = raisedLimits.map((name) => [name, this.#device.limits[name]] as const);
    return Object.fromEntries(entries) as Record<RaisedLimit, number>;
  }

  /**
   * Hears of every trouble from now on, of those that nobody heard, and of a loss that came before;
   * returns how to stop.
   */
  onTrouble(listener: (trouble: DeviceTrouble) => void): () => void {
    this.#listeners.add(listener);
    const before = this.#lost ? [...this.#unheard, this.#lost] : this.#unheard;
    this.#unheard = [];
    for (const trouble of before) {
      queueMicrotask(() => {
        if (this.#listeners.has(listener)) listener(trouble);
      });
    }
    return () => this.#listeners.delete(listener);
  }

  /** Takes the device away from under the backend, as a driver's reset does. */
  destroy(): void {
    this.#device.destroy();
  }

  /** Gives the device back on purpose: nobody is told. */
  close(): void {
    this.#closed = true;
    forgetBackend('webgpu');
    this.#device.destroy();
  }

  #listen(): void {
    this.#device.addEventListener('uncapturederror', (event) => {
      // It is told to the user; the console need not repeat it.
      event.preventDefault();
      const { error } = event;
      const kind =
        error.constructor.name === 'GPUOutOfMemoryError' ? 'out-of-memory' : 'invalid-command';
      this.#tell({ kind, message: error.message });
    });
    void this.#device.lost.then(({ message, reason }) => {
      this.#lost = { kind: 'lost', message: message || reason };
      this.#tell(this.#lost);
    });
  }

  #tell(trouble: DeviceTrouble): void {
    if (this.#closed) return;
    if (this.#listeners.size === 0 && trouble.kind !== 'lost') this.#unheard.push(trouble);
    for (const listener of this.#listeners) listener(trouble);
  }
}
