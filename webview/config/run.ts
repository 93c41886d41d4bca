/**
 * @file A run's whole configuration: what `*.transformer.json` holds, read with messages that name
 * value and remedy.
 */
import { checkModel } from './checkModel';
import { dataSchema } from './data';
import { PlaygroundError } from './errors';
import { modelSchema } from './model';
import { trainingSchema } from './training';
import * as z from './zod';

/** Version of the format of `*.transformer.json`. */
export const configVersion = 1;

export const runConfigSchema = z.object({
  version: z.literal(configVersion, {
    error: `version must be ${configVersion}: this file was written by another version of Transformer Playground`,
  }),
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  preset: z.optional(z.string().check(z.maxLength(100))),
  model: modelSchema,
  data: dataSchema,
  training: trainingSchema,
});

export type RunConfig = z.infer<typeof runConfigSchema>;

/** Reads a configuration that comes from outside: a file, a message, a link. */
export function readRunConfig(value: unknown): RunConfig {
  const parsed = runConfigSchema.safeParse(value);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new PlaygroundError({
      code: 'config-invalid',
      message: `This configuration cannot be used. ${lines.join('; ')}.`,
      remedy: 'Correct the values named, or start again from a preset.',
    });
  }
  checkModel(parsed.data.model);
  return parsed.data;
}
