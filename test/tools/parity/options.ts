/** @file What `npm run parity` may be asked for. */
import { backendSchema, type Backend } from '../../../webview/config/backend';
import { readArguments } from '../support/arguments';
import { Complaint } from '../support/cleanup';

export interface ParityOptions {
  readonly folders: readonly string[];
  /** Undefined where nobody named one: then all that this machine has. */
  readonly backends: readonly Backend[] | undefined;
}

/** What a folder has to hold. */
export const contents =
  'Each DIR holds config.json, model.safetensors and io.safetensors of a model of Python’s transformers.';

export const usage = `npm run parity -- [--backend ${backendSchema.options.join('|')}]… DIR…

Prints a line of JSON for each folder and backend: the largest differences from Python's numbers, and a verdict.
${contents}

  --backend NAME   Only this one; repeat it for several. Default: all that this machine has.
  --help           Prints this.

Ends with exit code 1 where a difference is beyond its tolerance or a folder cannot be read.`;

/**
 * Reads the arguments.
 * @returns undefined where only help is wanted.
 * @throws {Complaint} that names the wrong one and the right ones.
 */
export function parseOptions(args: readonly string[]): ParityOptions | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  if (positionals.length === 0) throw new Complaint(`No folder is named.\n\n${usage}`);
  return { folders: positionals, backends: values.backend?.map(backendOf) };
}

function parsed(args: readonly string[]) {
  const options = {
    backend: { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  } as const;
  const help = '"npm run parity -- --help" lists the options.';
  return readArguments({ args: [...args], options, allowPositionals: true }, help);
}

function backendOf(name: string): Backend {
  const known = backendSchema.safeParse(name);
  if (known.success) return known.data;
  throw new Complaint(
    `--backend does not know “${name}”: use ${backendSchema.options.join(', ')}.`,
  );
}
