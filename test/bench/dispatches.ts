/** @file Counts what is sent to the GPU, whoever sends it. */

/** A count that rises with every dispatch from now on; stays 0 where there is no WebGPU. */
export function countDispatches(): { readonly count: number } {
  const counter = { count: 0 };
  const pass = (globalThis as { GPUComputePassEncoder?: { prototype: GPUComputePassEncoder } })
    .GPUComputePassEncoder;
  if (!pass) return counter;
  for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const) {
    const original = Reflect.get(pass.prototype, name) as (...sizes: unknown[]) => undefined;
    pass.prototype[name] = function counted(this: unknown, ...sizes: unknown[]): undefined {
      counter.count++;
      original.apply(this, sizes);
    };
  }
  return counter;
}
