/** @file Why a better backend was not taken: cause → message → what the page offers. Pure data. */
import {
  linuxLaunchFlags,
  type Backend,
  type BackendAction,
  type Rejection,
} from '../config/backend';

interface Row {
  readonly backend: Backend;
  /** One or two sentences; `detail` is what was measured or what the browser said. */
  readonly message: (detail: string) => string;
  readonly action?: BackendAction;
  /** Ends the sentences "You chose WebGPU, which …", "This run was trained on WebGPU, which …". */
  readonly which?: string;
}

/** Every cause, by the id that tests, logs and stored runs know it by. */
const rows = {
  'no-webgpu': {
    backend: 'webgpu',
    message: () =>
      'WebGPU is missing here: this VS Code or browser is too old for it, or it is switched off.',
    action: 'open-gpu-help',
    which: 'is missing here',
  },
  'no-adapter': {
    backend: 'webgpu',
    message: (reason) =>
      `WebGPU found no graphics adapter${because(reason)}. Updating the graphics driver may help.`,
    action: 'open-gpu-help',
    which: 'found no graphics adapter',
  },
  'no-adapter-linux': {
    backend: 'webgpu',
    message: (reason) =>
      `WebGPU found no graphics adapter${because(reason)}. On Linux, starting VS Code with ${linuxLaunchFlags} often helps.`,
    action: 'copy-launch-flags',
    which: 'found no graphics adapter',
  },
  'software-adapter': {
    backend: 'webgpu',
    message: (adapter) =>
      `The only graphics adapter is emulated on the processor (${adapter}), which is slower than WASM.`,
    action: 'choose-backend',
  },
  'device-refused': {
    backend: 'webgpu',
    message: (reason) => `The graphics adapter gave no device: ${reason}`,
    action: 'open-gpu-help',
    which: 'was given no device by the graphics adapter',
  },
  'limit-missing': {
    backend: 'webgpu',
    message: (limit) => `The graphics adapter is too small for this model: ${limit}.`,
    action: 'choose-backend',
    which: 'has no adapter large enough for this model',
  },
  'webgpu-memory': {
    backend: 'webgpu',
    message: (sizes) => `The run is too large for WebGPU: ${sizes}.`,
    action: 'choose-backend',
    which: 'has too little memory for this run',
  },
  'wasm-faster': {
    backend: 'webgpu',
    message: (times) => `WASM is faster for a model of this size: ${times}.`,
    action: 'choose-backend',
  },
  'cpu-faster': {
    backend: 'webgpu',
    message: (times) => `Plain CPU is faster for a model of this size: ${times}.`,
    action: 'choose-backend',
  },
  'webgpu-probe-failed': {
    backend: 'webgpu',
    message: (reason) => `A trial step on WebGPU failed: ${reason}`,
    action: 'open-gpu-help',
  },
  'device-lost': {
    backend: 'webgpu',
    message: (reason) =>
      `The graphics device was lost earlier${because(reason)}. With WebGPU as the chosen backend, the next run tries it again.`,
    action: 'choose-backend',
    which: 'lost its graphics device earlier',
  },
  'webgpu-not-chosen': {
    backend: 'webgpu',
    message: (choice) => `WebGPU was not tried, because you chose ${choice}.`,
    action: 'choose-backend',
  },
  'webgpu-not-recorded': {
    backend: 'webgpu',
    message: (recorded) => `WebGPU was not tried, because ${notRecorded(recorded)}.`,
    action: 'choose-backend',
  },
  'wasm-blocked': {
    backend: 'wasm',
    message: (reason) => `WASM could not start: ${reason}`,
    action: 'choose-backend',
    which: 'could not start',
  },
  'wasm-memory': {
    backend: 'wasm',
    message: (sizes) => `The run is too large for WASM: ${sizes}.`,
    action: 'choose-backend',
    which: 'has too little memory for this run',
  },
  'wasm-probe-failed': {
    backend: 'wasm',
    message: (reason) => `A trial step on WASM failed: ${reason}`,
    action: 'choose-backend',
  },
  'wasm-without-simd': {
    backend: 'wasm',
    message: () =>
      'WASM runs without SIMD here, several times slower than it could: this VS Code or browser is too old.',
    action: 'choose-backend',
  },
  'wasm-not-chosen': {
    backend: 'wasm',
    message: (choice) => `WASM was not tried, because you chose ${choice}.`,
    action: 'choose-backend',
  },
  'wasm-not-recorded': {
    backend: 'wasm',
    message: (recorded) => `WASM was not taken, because ${notRecorded(recorded)}.`,
    action: 'choose-backend',
  },
} as const satisfies Record<string, Row>;

export type Cause = keyof typeof rows;

/** Every cause there is. */
export const causes = Object.keys(rows) as Cause[];

const rowOf = (cause: Cause): Row => rows[cause];

/** The row of a cause, as the page shows it and the run stores it. */
export function rejection(cause: Cause, detail = ''): Rejection {
  const { backend, message, action } = rowOf(cause);
  return { backend, cause, message: message(detail), ...(action && { action }) };
}

/**
 * What kept a backend from being taken though it was wanted: the end of "You chose WASM, which …".
 */
export function whichBackend(cause: Cause): string {
  return rowOf(cause).which ?? 'cannot be used here';
}

/** Names of the backends, as sentences use them. */
export const backendNames: Readonly<Record<Backend, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WASM',
  cpu: 'plain CPU',
};

/** What the browser said, where it said something. */
function because(reason: string): string {
  return reason === '' ? '' : ` (${reason})`;
}

/** Why a run that was begun elsewhere does not change over by itself. */
function notRecorded(recorded: string): string {
  return `this run was trained on ${recorded} and goes on there, to the same bits`;
}
