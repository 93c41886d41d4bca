/**
 * @file Where the arithmetic runs: the names of the backends and what a run records of its choice.
 * Knows no tfjs.
 */
import * as z from './zod';

export const backendSchema = z.enum(['webgpu', 'wasm', 'cpu']);
export type Backend = z.infer<typeof backendSchema>;

/** The user's setting: a backend, or the faster of WebGPU and WASM by a timed probe. */
export const backendChoiceSchema = z.enum(['auto', 'webgpu', 'wasm', 'cpu']);
export type BackendChoice = z.infer<typeof backendChoiceSchema>;

/** What the page and the commands call them. */
export const backendNames: Readonly<Record<BackendChoice, string>> = {
  auto: 'Automatic',
  webgpu: 'WebGPU',
  wasm: 'WASM',
  cpu: 'Plain CPU',
};

/** What to add to VS Code's command line where Linux hides the GPU from WebGPU. */
export const linuxLaunchFlags =
  '--enable-unsafe-webgpu --enable-features=Vulkan --ignore-gpu-blocklist';

/** What the page offers beside a reason. */
export const backendActionSchema = z.enum(['copy-launch-flags', 'choose-backend', 'open-gpu-help']);
export type BackendAction = z.infer<typeof backendActionSchema>;

/** Why a better backend was not taken: cause → message → button. */
export const rejectionSchema = z.object({
  backend: backendSchema,
  cause: z.string(),
  message: z.string(),
  action: z.optional(backendActionSchema),
});
export type Rejection = z.infer<typeof rejectionSchema>;

export const adapterSchema = z.object({
  vendor: z.string(),
  architecture: z.string(),
  description: z.string(),
  /** Emulated on the processor. */
  software: z.boolean(),
});
export type AdapterInfo = z.infer<typeof adapterSchema>;

/**
 * The backend of a run, why it was chosen and what was measured; stored with the run, since it
 * decides bits.
 */
export const backendReportSchema = z.object({
  backend: backendSchema,
  adapter: z.optional(adapterSchema),
  /** One sentence for the page. */
  reason: z.string(),
  rejected: z.array(rejectionSchema),
  /** Milliseconds of one training step in the timed probe, for each backend tried. */
  probe: z.optional(z.record(z.string(), z.number())),
  versions: z.record(z.string(), z.string()),
});
export type BackendReport = z.infer<typeof backendReportSchema>;
