/** @file What `npm run bench` may be asked for. */
import type { Backend } from '../../webview/config/backend';
import { readArguments } from '../tools/support/arguments';
import { Complaint } from '../tools/support/cleanup';
import { configurationNames, type ConfigurationName } from './configurations';
import type { Limits } from './sample';

export interface BenchOptions extends Limits {
  readonly backends: readonly Backend[];
  readonly configurations: readonly ConfigurationName[];
  readonly json: boolean;
  readonly stock: boolean;
  /** The whole run ends after so many minutes. */
  readonly minutes: number;
}

/** In the order of their speed on a machine without a GPU, so that the slowest waits. */
const backendNames = ['wasm', 'cpu', 'webgpu'] as const satisfies readonly Backend[];

export const usage = `npm run bench -- [options]

Times training steps and writing on each backend of this machine, and the same steps in plain tfjs ("stock").
"looking %" is what live probes and attention take of the processor time of steps that are watched.
Every figure is a median after warming up, on the same model and the same batches in every run.

  --backend NAME   ${backendNames.join(', ')}; several with commas or by repeating it. Default: all.
                   webgpu is Dawn in Node on this machine's GPU, or else on SwiftShader, which emulates one.
  --config NAME    ${configurationNames.join(', ')}; in the same way. Default: all.
  --samples N      Samples of each figure. Default: 20.
  --seconds S      Fewer samples where they would take longer. Default: 4.
  --minutes M      Ends the whole run: each measurement may take one and a half times its share of the time that is
                   left. What it did not measure by then has a reason in its place. Default: 8.
  --no-stock       Leaves plain tfjs out.
  --json           A line of JSON for each configuration and backend on standard output, as soon as it is measured;
                   "npm run --silent bench -- --json" keeps npm's own words out. Progress goes to standard error.
  --help           Prints this.

Ends with exit code 1 where something failed, other than by taking too long.`;

/**
 * Reads the arguments.
 * @returns undefined where only help is wanted.
 * @throws {Complaint} that names the wrong one and the right ones.
 */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const values = valuesOf(args);
  if (values.help) return undefined;
  return {
    backends: chosen('--backend', values.backend, backendNames),
    configurations: chosen('--config', values.config, configurationNames),
    json: values.json,
    stock: !values['no-stock'],
    samples: numberOf('--samples', values.samples, Number.isInteger),
    seconds: numberOf('--seconds', values.seconds),
    minutes: numberOf('--minutes', values.minutes),
  };
}

function valuesOf(args: readonly string[]) {
  const options = {
    backend: { type: 'string', multiple: true, default: [] as string[] },
    config: { type: 'string', multiple: true, default: [] as string[] },
    samples: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '4' },
    minutes: { type: 'string', default: '8' },
    'no-stock': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  const help = '"npm run bench -- --help" lists the options.';
  return readArguments({ args: [...args], options }, help).values;
}

/** The names that were given, in the order of the known ones; all where none was. */
function chosen<Name extends string>(
  option: string,
  given: readonly string[],
  known: readonly Name[],
): readonly Name[] {
  const names = given.flatMap((value) => value.split(','));
  const wrong = names.find((name) => !known.some((right) => right === name));
  if (wrong !== undefined) {
    throw new Complaint(`${option} does not know “${wrong}”: use ${known.join(', ')}.`);
  }
  return names.length === 0 ? known : known.filter((name) => names.includes(name));
}

function numberOf(
  option: string,
  text: string,
  fits: (value: number) => boolean = Number.isFinite,
): number {
  const value = Number(text);
  if (text.trim() !== '' && fits(value) && value > 0) return value;
  const wanted = fits === Number.isInteger ? 'a whole number' : 'a number';
  throw new Complaint(`${option} is “${text}”: give ${wanted} above 0.`);
}
