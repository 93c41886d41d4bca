/**
 * @file `npm run parity -- DIR…`: our source against what Python's transformers computed, a JSON
 * line a backend.
 */
import { pathToFileURL } from 'node:url';
import type * as ParityLines from './parity/parityLines';
import { parseOptions, usage } from './parity/options';
import { withCleanup } from './support/cleanup';
import { buildEngineProgram } from './support/engineProgram';

await withCleanup(async () => {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return 0;
  }
  const { href } = pathToFileURL(await buildEngineProgram('test/tools/parity/parityLines.ts'));
  const { printParityLines } = (await import(href)) as typeof ParityLines;
  return printParityLines(options);
});
