/**
 * @file WebGPU in Node by Dawn: on SwiftShader, which Chromium brings along, so that shaders run
 * where no GPU is; or on the machine's own graphics card.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dlopen } from 'node:process';

import { Device } from '../../../webview/backends/device';

/** RTLD_NOW | RTLD_NODELETE of Linux. */
const stayLoaded = 0x1002;

/** SwiftShader beside a browser. */
interface SoftwareDriver {
  readonly driver: string;
  readonly loader: string;
}

let preferred: 'software' | 'hardware' = 'software';
let started: Promise<GPU> | undefined;
let opened: Promise<Device> | undefined;

/**
 * Asks for the machine's own graphics card before SwiftShader. To be called before anything else
 * here.
 */
export function preferHardware(): void {
  preferred = 'hardware';
}

function findSoftware(): SoftwareDriver | undefined {
  const { CHROMIUM } = process.env;
  const named = CHROMIUM !== undefined && existsSync(CHROMIUM);
  return [
    ...(named ? [dirname(realpathSync(CHROMIUM))] : []),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
  ]
    .map((folder) => ({
      driver: join(folder, 'vk_swiftshader_icd.json'),
      loader: join(folder, 'libvulkan.so.1'),
    }))
    .find(({ driver, loader }) => existsSync(driver) && existsSync(loader));
}

/**
 * Loads a browser's Vulkan loader into the process, so that Dawn, which asks for it by its bare
 * name, finds it where the system has none. Node takes it for an add-on and complains that it is
 * not; it stays loaded all the same.
 */
function loadVulkan({ driver, loader }: SoftwareDriver): void {
  process.env.VK_DRIVER_FILES = driver;
  try {
    dlopen({ exports: {} }, loader, stayLoaded);
  } catch (error) {
    if (!String(error).includes('did not self-register')) throw error;
  }
}

async function startDawn(): Promise<GPU> {
  const { create, globals } = (await import('webgpu')) as {
    create: (options: string[]) => GPU;
    globals: object;
  };
  Object.assign(globalThis, globals);
  const software = findSoftware();
  const own = (): Promise<GPU | undefined> => usable(create([]));
  const emulated = (): Promise<GPU | undefined> => {
    if (software === undefined) return Promise.resolve(undefined);
    loadVulkan(software);
    return usable(create([]));
  };
  const [first, second] = preferred === 'hardware' ? [own, emulated] : [emulated, own];
  const gpu = (await first()) ?? (await second());
  if (gpu === undefined) {
    throw new Error(
      'Dawn finds no graphics adapter, and no SwiftShader: install Chromium (apt-get install chromium), or set ' +
        'CHROMIUM to the path of one.',
    );
  }
  Object.defineProperty(globalThis, 'navigator', {
    value: { userAgent: 'node', gpu },
    configurable: true,
  });
  return gpu;
}

async function usable(gpu: GPU): Promise<GPU | undefined> {
  return (await gpu.requestAdapter()) === null ? undefined : gpu;
}

/**
 * Dawn's entry point, one a process: collecting it would take its devices along and end the
 * process.
 */
function dawn(): Promise<GPU> {
  started ??= startDawn();
  return started;
}

/** A fresh adapter from Dawn; each can give one device. */
export async function dawnAdapter(): Promise<GPUAdapter> {
  const adapter = await (await dawn()).requestAdapter();
  if (!adapter) throw new Error('Dawn gave an adapter, and then no second one.');
  return adapter;
}

/** The device on which tests of kernels run; any trouble of it fails them. */
export function dawnDevice(): Promise<Device> {
  opened ??= dawnAdapter().then(async (adapter) => {
    const device = await Device.open(adapter);
    device.onTrouble(({ kind, message }) => {
      throw new Error(`${kind}: ${message}`);
    });
    return device;
  });
  return opened;
}
