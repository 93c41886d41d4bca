/** @file WebGPU in Node: Dawn on Chromium's SwiftShader, so that shaders run where no GPU is. */
import { existsSync } from 'node:fs';
import { dlopen } from 'node:process';

import { Device } from '../../../webview/backends/device';

const chromium = '/usr/lib/chromium';
const driver = `${chromium}/vk_swiftshader_icd.json`;
const loader = `${chromium}/libvulkan.so.1`;

/** RTLD_NOW | RTLD_NODELETE of Linux. */
const stayLoaded = 0x1002;

let started: Promise<GPU> | undefined;
let opened: Promise<Device> | undefined;

/**
 * Loads Chromium's Vulkan loader into the process, so that Dawn, which asks for it by its bare name, finds it where the
 * system has none. Node takes it for an add-on and complains that it is not; it stays loaded all the same.
 */
function loadVulkan(): void {
  try {
    dlopen({ exports: {} }, loader, stayLoaded);
  } catch (error) {
    if (!String(error).includes('did not self-register')) throw error;
  }
}

async function startDawn(): Promise<GPU> {
  const missing = [driver, loader].find((file) => !existsSync(file));
  if (missing) {
    throw new Error(`${missing} is missing: install Chromium (apt-get install chromium).`);
  }
  process.env.VK_DRIVER_FILES = driver;
  loadVulkan();
  const { create, globals } = (await import('webgpu')) as {
    create: (options: string[]) => GPU;
    globals: object;
  };
  Object.assign(globalThis, globals);
  const gpu = create([]);
  Object.defineProperty(globalThis, 'navigator', {
    value: { userAgent: 'node', gpu },
    configurable: true,
  });
  return gpu;
}

/** Dawn's entry point, one a process: collecting it would take its devices along and end the process. */
function dawn(): Promise<GPU> {
  started ??= startDawn();
  return started;
}

/** A fresh adapter from Dawn; each can give one device. */
export async function dawnAdapter(): Promise<GPUAdapter> {
  const adapter = await (await dawn()).requestAdapter();
  if (!adapter) throw new Error(`Dawn finds no adapter through ${driver}.`);
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
