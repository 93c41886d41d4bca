/**
 * @file The building blocks of the configuration schema: a field is declared once, with its range,
 * its label and its help, and the types, the form, the JSON schema and the error messages follow
 * from it.
 */
import { formatCount } from './counts';
import * as z from './zod';

/** What a form, a hover or a JSON schema says of a field. */
export interface FieldInfo {
  readonly label: string;
  /** One or two sentences for a reader who knows code and not the mathematics. */
  readonly help: string;
  /** Smallest and largest value, for numbers. */
  readonly min?: number;
  readonly max?: number;
  /** The increment of a stepper, for numbers. */
  readonly step?: number;
  /** Labels of the values, for choices. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** Field schema → its information. */
export const fieldInfo = z.registry<FieldInfo>();

interface Range {
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}

/** A whole number between `min` and `max`, both included. */
export function integer(range: Range) {
  const { label, min, max } = range;
  const error = `${label} must be a whole number from ${formatCount(min)} to ${formatCount(max)}`;
  return z
    .int({ error })
    .check(z.gte(min, { error }), z.lte(max, { error }))
    .register(fieldInfo, { step: 1, ...range });
}

/** A finite number between `min` and `max`, both included. */
export function real(range: Range) {
  const { label, min, max } = range;
  const error = `${label} must be a number from ${min} to ${max}`;
  return z
    .number({ error })
    .check(z.gte(min, { error }), z.lte(max, { error }))
    .register(fieldInfo, range);
}

/** One of the keys of `choices`, whose values are their labels. */
export function choice<const Key extends string>(
  label: string,
  help: string,
  choices: Readonly<Record<Key, string>>,
) {
  const keys = Object.keys(choices) as [Key, ...Key[]];
  const error = `${label} must be one of: ${keys.join(', ')}`;
  return z.enum(keys, { error }).register(fieldInfo, { label, help, choices });
}

/** True or false. */
export function flag(label: string, help: string) {
  const error = `${label} must be true or false`;
  return z.boolean({ error }).register(fieldInfo, { label, help });
}
