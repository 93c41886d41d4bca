/** @file What memory costs a run and what the backends have of it. Knows no tensors. */
import type { Backend } from './backend';
import { formatCount } from './counts';

/**
 * Bytes of a number of the model while it learns: its weight, its gradient, the two running means
 * of AdamW, and the copy that XNNPACK packs of a matrix before it multiplies by it.
 */
export const bytesPerParameter = 5 * 4;

const gibibyte = 2 ** 30;

/**
 * All pages that WebAssembly's 32-bit addresses reach but the last: as far as tfjs's binary grows.
 */
const wasmMemory = 4 * gibibyte - 64 * 1024;

/**
 * Bytes that a run may take on each backend. Plain CPU could take more, but a run of that size
 * would need minutes for a step. WebGPU does not tell how much memory a graphics card has; what it
 * is given passes through the memory of the page, to which browsers allow no more than this.
 */
export const memoryLimits: Readonly<Record<Backend, number>> = {
  webgpu: 16 * gibibyte,
  wasm: wasmMemory,
  cpu: wasmMemory,
};

/**
 * Code of every failure by used-up memory: what was computed is lost, and the engine's memory is
 * not to be trusted.
 */
export const outOfMemoryCode = 'out-of-memory';

/** What makes a run take less memory. */
export const memoryRemedy =
  'Choose fewer layers, a smaller width, a smaller batch or a shorter context';

/** "4 B", "1.2 kB", "850 MB", "4.3 GB", "2,073 TB"; decimal units, as system monitors show them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 9950) return `${Number((bytes / 1e3).toFixed(1))} kB`;
  // What would round to a thousand of a unit is one of the next.
  if (bytes < 999.5e3) return `${Math.round(bytes / 1e3)} kB`;
  if (bytes < 999.5e6) return `${Math.round(bytes / 1e6)} MB`;
  if (bytes >= 999.5e9) return `${formatCount(Math.round(bytes / 1e12))} TB`;
  return `${(bytes / 1e9).toFixed(bytes < 99.95e9 ? 1 : 0)} GB`;
}
