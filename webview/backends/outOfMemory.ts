/** @file What a backend on the processor says when its memory is used up, in whose words ever. */
import { PlaygroundError } from '../config/errors';
import { formatBytes, memoryRemedy, outOfMemoryCode } from '../config/memory';

/**
 * What WebAssembly and JavaScript throw. An allocation inside the binary is not checked there: it
 * writes to address 0 or beyond the end.
 */
const refusals =
  /memory access out of bounds|out of memory|cannot enlarge memory|array buffer allocation failed|invalid (typed )?array length|aborted\(oom\)|could not allocate/i;

export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof PlaygroundError) return error.code === outOfMemoryCode;
  return error instanceof Error && refusals.test(error.message);
}

/** The failure of one allocation. */
export function refusedAllocation(bytes: number): PlaygroundError {
  return new PlaygroundError({
    code: outOfMemoryCode,
    message: `WASM has no memory left: ${formatBytes(bytes)} more were refused.`,
    remedy: `${memoryRemedy}.`,
  });
}
