/**
 * @file The surroundings of a choice of backend, as tests make them up: Dawn's adapter, dressed as
 * what is needed.
 */
import type { Backend } from '../../../webview/config/backend';
import {
  chooseBackend,
  type BackendEnvironment,
  type BackendRequest,
} from '../../../webview/backends/choice';
import { Device } from '../../../webview/backends/device';
import { openWasm } from '../../../webview/backends/wasm';
import { useBackend, wasmAssets } from './backends';
import { dawnAdapter } from './dawn';

let software: GPUAdapter;
let opened: Device[] = [];

/** Dawn's adapter under the name of a card, so that it passes for hardware. */
export function hardware(limits: Partial<GPUSupportedLimits> = {}): GPUAdapter {
  const info = { vendor: 'acme', architecture: 'rocket', description: 'Acme Rocket' };
  return {
    features: software.features,
    limits: { ...limitsOf(software), ...limits },
    info: { ...info, isFallbackAdapter: false },
    requestDevice: (descriptor: GPUDeviceDescriptor) =>
      dawnAdapter().then((adapter) => adapter.requestDevice(descriptor)),
  } as unknown as GPUAdapter;
}

function limitsOf({ limits }: GPUAdapter): Record<string, number> {
  const values: Record<string, number> = {};
  for (const name in limits) {
    const value: unknown = limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') values[name] = value;
  }
  return values;
}

const environment = (changes: Partial<BackendEnvironment> = {}): BackendEnvironment => ({
  gpu: gpuWith(hardware()),
  linux: false,
  openDevice: async (adapter) => {
    const device = await Device.open(adapter);
    opened.push(device);
    return device;
  },
  openWasm: (assets) => openWasm(assets),
  limits: { webgpu: 4000, wasm: 2000, cpu: 3000 },
  ...changes,
});

export const gpuWith = (adapter: GPUAdapter | null) => ({
  requestAdapter: () => Promise.resolve(adapter),
});

/** Dawn's adapter as it is: emulated on the processor. */
export const softwareGpu = { requestAdapter: dawnAdapter };

export const times = (milliseconds: Partial<Record<Backend, number>>) => (backend: Backend) =>
  Promise.resolve(milliseconds[backend] ?? NaN);

export const choose = (
  changes: Partial<BackendEnvironment>,
  request: Partial<BackendRequest> = {},
) =>
  chooseBackend({
    choice: 'auto',
    assets: wasmAssets,
    environment: environment(changes),
    ...request,
  });

/** What a run of so many bytes asks for. */
export const needs = (total: number, largestTensor = 1) => ({
  memory: { parameters: 1_234_567, total, largestTensor },
});

export const failing = (message: string) => () => Promise.reject(new Error(message));

/** To be called before the first choice. */
export async function beginChoosing(): Promise<void> {
  await useBackend('cpu');
  software = await dawnAdapter();
}

/** To be called after each test. */
export function closeDevices(): void {
  for (const device of opened) device.close();
  opened = [];
}
