/**
 * @file The refusal of a run that fits no backend: its size, what it needs, what there is, and what
 * to do.
 */
import type { Backend, Rejection } from '../config/backend';
import { formatCount } from '../config/counts';
import { PlaygroundError } from '../config/errors';
import { formatBytes, memoryRemedy } from '../config/memory';
import { backendNames, type Cause } from './causes';

/** What a run takes, in bytes; `parameters` is a count. */
export interface MemoryNeeds {
  readonly parameters: number;
  readonly total: number;
  readonly largestTensor: number;
}

/** Causes that leave WebGPU to be chosen. */
const untried: readonly string[] = [
  'webgpu-not-chosen',
  'webgpu-not-recorded',
] satisfies readonly Cause[];

/** Size and need of a run, as the beginning of a sentence. */
export function needsText({ parameters, total }: MemoryNeeds): string {
  return `Training this model of ${formatCount(parameters)} parameters needs about ${formatBytes(total)} of memory`;
}

/**
 * The error for a run that no backend in `tried` has room for; `rejected` says why WebGPU is not
 * among them.
 */
export function tooLarge(
  needs: MemoryNeeds,
  tried: Backend,
  limits: Readonly<Record<Backend, number>>,
  rejected: readonly Rejection[],
): PlaygroundError {
  const unavailable = rejected.find(
    ({ backend, cause }) => backend === 'webgpu' && !untried.includes(cause),
  );
  const why = unavailable ? ` ${unavailable.message}` : '';
  const webgpu = !unavailable && needs.total <= limits.webgpu ? ', or WebGPU as the backend' : '';
  return new PlaygroundError({
    code: 'model-too-large',
    message: `${needsText(needs)}, and ${backendNames[tried]} takes up to ${formatBytes(limits[tried])}.${why}`,
    remedy: `${memoryRemedy}${webgpu}.`,
  });
}
