/** @file Builds a program that runs the engine in Node. Knows nothing of what it does. */
import { basename } from 'node:path';
import { build } from 'esbuild';
import { inRepository } from './repository';

/**
 * Bundles a TypeScript file of the repository with tfjs's modern modules, whose CommonJS would be
 * loaded a second time beside them.
 * @returns the path of the program, to be imported or started with Node.
 */
export async function buildEngineProgram(source: string): Promise<string> {
  const outfile = inRepository('dist', 'tools', 'engine', `${basename(source, '.ts')}.mjs`);
  await build({
    absWorkingDir: inRepository(),
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['webgpu', 'node-fetch'],
    sourcemap: 'inline',
    logLevel: 'warning',
    // What is CommonJS inside asks for Node's own modules by `require`, which a module does not
    // have.
    banner: {
      js: [
        "import { createRequire as requireOfModule } from 'node:module';",
        'const require = requireOfModule(import.meta.url);',
      ].join('\n'),
    },
  });
  return outfile;
}
