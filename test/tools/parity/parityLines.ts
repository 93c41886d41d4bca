/**
 * @file The lines of `npm run parity`: each folder on each backend of this machine, measured and
 * judged.
 */
import type { Backend } from '../../../webview/config/backend';
import { testedBackends, useBackend } from '../../unit/support/backends';
import { encodeNumber } from '../../../webview/formats/nonFinite';
import { compare, exceeded, toleranceOn, type Differences } from './compare';
import { isPlaygroundError } from '../../../webview/protocol/errors';
import { readParityFolder, UnsupportedModelType, type ParityFolder } from './folder';
import { contents, type ParityOptions } from './options';

/** One line of the output. */
export type ParityLine =
  | {
      readonly folder: string;
      readonly backend: Backend;
      readonly verdict: 'pass' | 'fail';
      /** What is beyond its tolerance. */
      readonly exceeded: readonly string[];
      readonly differences: Differences;
      readonly tolerance: Readonly<Record<string, number>>;
    }
  | { readonly folder: string; readonly verdict: 'unsupported'; readonly modelType: string }
  | {
      readonly folder: string;
      readonly backend?: Backend;
      readonly verdict: 'error';
      readonly message: string;
    }
  | { readonly backend: Backend; readonly verdict: 'unavailable'; readonly message: string };

/**
 * Prints a JSON line for each folder and backend.
 * @returns the exit code: 1 where a difference is beyond its tolerance or a folder cannot be read;
 * an unsupported architecture, or a backend that this machine does not have and nobody named, is no
 * failure.
 */
export async function printParityLines({ folders, backends }: ParityOptions): Promise<number> {
  let failed = false;
  for await (const line of parityLines(folders, backends ?? testedBackends)) {
    console.log(lineOfJson(line));
    failed ||= line.verdict === 'fail' || line.verdict === 'error';
    failed ||= line.verdict === 'unavailable' && backends !== undefined;
  }
  return failed ? 1 : 0;
}

/** A line as JSON, in which a difference that is no number keeps its name. */
export function lineOfJson(line: ParityLine): string {
  return JSON.stringify(line, (_, value: unknown) =>
    typeof value === 'number' ? encodeNumber(value) : value,
  );
}

async function* parityLines(
  folders: readonly string[],
  backends: readonly Backend[],
): AsyncGenerator<ParityLine> {
  const readable: ParityFolder[] = [];
  for (const folder of folders) {
    try {
      readable.push(await readParityFolder(folder));
    } catch (error) {
      yield error instanceof UnsupportedModelType
        ? { folder, verdict: 'unsupported', modelType: error.modelType }
        : { folder, verdict: 'error', message: whyUnreadable(error) };
    }
  }
  for (const backend of readable.length > 0 ? backends : []) {
    try {
      await useBackend(backend);
    } catch (error) {
      yield { backend, verdict: 'unavailable', message: messageOf(error) };
      continue;
    }
    for (const folder of readable) yield await parityLine(folder, backend);
  }
}

async function parityLine(folder: ParityFolder, backend: Backend): Promise<ParityLine> {
  try {
    const differences = await compare(folder, backend);
    const beyond = exceeded(differences, backend);
    return {
      folder: folder.name,
      backend,
      verdict: beyond.length === 0 ? 'pass' : 'fail',
      exceeded: beyond,
      differences,
      tolerance: toleranceOn(backend),
    };
  } catch (error) {
    return { folder: folder.name, backend, verdict: 'error', message: messageOf(error) };
  }
}

function whyUnreadable(error: unknown): string {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return isMissing ? `${error.message}. ${contents}` : messageOf(error);
}

function messageOf(error: unknown): string {
  if (isPlaygroundError(error)) return `${error.message} ${error.remedy}`;
  return error instanceof Error ? error.message : String(error);
}
