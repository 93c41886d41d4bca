/**
 * @file A run's whole configuration: what `*.transformer.json` holds, read with messages that name
 * value and remedy.
 */
import { checkModel } from './checkModel';
import { beginningOf } from './cut';
import { dataSchema } from './data';
import { PlaygroundError } from './errors';
import { modelSchema } from './model';
import { trainingSchema } from './training';
import * as z from './zod';

/** Version of the format of `*.transformer.json`. */
export const configVersion = 1;

/** Characters of a value that a message quotes. */
const longestValue = 60;

const nameError = 'Name must be a text of 1 to 200 characters';

const presetError = 'Preset must be a text of at most 100 characters';

export const runConfigSchema = z.object(
  {
    version: z.literal(configVersion, { error: `version must be ${configVersion}` }),
    name: z
      .string({ error: nameError })
      .check(z.minLength(1, { error: nameError }), z.maxLength(200, { error: nameError })),
    preset: z.optional(
      z.string({ error: presetError }).check(z.maxLength(100, { error: presetError })),
    ),
    model: modelSchema,
    data: dataSchema,
    training: trainingSchema,
  },
  { error: 'it must be an object' },
);

export type RunConfig = z.infer<typeof runConfigSchema>;

/** Reads a configuration that comes from outside: a file, a message, a link. */
export function readRunConfig(value: unknown): RunConfig {
  const parsed = runConfigSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw unusable(parsed.error.issues);
  checkModel(parsed.data.model);
  return parsed.data;
}

/** What zod says of a value: where it stands, what is wrong with it, and what it is. */
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
}

function unusable(issues: readonly Issue[]): PlaygroundError {
  const version = issues.find(({ path, input }) => path[0] === 'version' && input !== undefined);
  if (version !== undefined) {
    return new PlaygroundError({
      code: 'config-version',
      message: `This configuration is of version ${valueText(version.input)}; this version of Transformer Playground reads version ${configVersion}.`,
      remedy: 'Update Transformer Playground, or start again from a preset.',
    });
  }
  return new PlaygroundError({
    code: 'config-invalid',
    message: `This configuration cannot be used: ${issues.map(issueText).join('; ')}.`,
    remedy: 'Correct the values named, or start again from a preset.',
  });
}

function issueText({ path, message, input }: Issue): string {
  const place = path.join('.');
  if (place !== '' && input === undefined) return `${place} is missing`;
  return `${place === '' ? '' : `${place}: `}${message}, not ${valueText(input)}`;
}

/** A value as it would stand in the file, its end cut off where it is long. */
function valueText(value: unknown): string {
  // What JSON does not have, such as NaN, is named by JavaScript.
  const isJson = value !== undefined && !(typeof value === 'number' && !Number.isFinite(value));
  const text = isJson ? JSON.stringify(value) : String(value);
  return text.length > longestValue ? `${beginningOf(text, longestValue)}…` : text;
}
