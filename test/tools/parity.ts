/**
 * @file `npm run parity -- DIR…`: our source against what Python's transformers computed, a JSON
 * line a backend.
 */
import { pathToFileURL } from 'node:url';
import type * as ParityLines from './parity/parityLines';
import { withCleanup } from './support/cleanup';
import { buildEngineProgram } from './support/engineProgram';

await withCleanup(async () => {
  const { href } = pathToFileURL(await buildEngineProgram('test/tools/parity/parityLines.ts'));
  const { printParityLines } = (await import(href)) as typeof ParityLines;
  return printParityLines(process.argv.slice(2));
});
