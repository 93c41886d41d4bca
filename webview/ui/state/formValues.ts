/**
 * @file Between a configuration and what stands in a form: numbers as the text the user typed,
 * right or wrong. The schema says what is wrong. Pure.
 */
import { formatCount } from '../../config/counts';
import { beginningOf } from '../../config/cut';
import { checkModel } from '../../config/checkModel';
import { warmupWarning } from '../../config/checkTraining';
import { PlaygroundError } from '../../config/errors';
import { modelSchema } from '../../config/model';
import { runConfigSchema, type RunConfig } from '../../config/run';
import { samplingSchema, type SamplingConfig } from '../../config/sampling';
import { trainingSchema } from '../../config/training';
import * as z from '../../config/zod';
import { formFields, type FieldGroup, type FormField } from './formFields';

/** Path → what stands in its control. */
export type FormValues = Readonly<Record<string, string | boolean>>;

/** Path → why its value cannot be used. */
export type FormErrors = Readonly<Record<string, string>>;

/** Path → what its value leads to. */
export type FormWarnings = Readonly<Record<string, string>>;

export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly errors: FormErrors }
  | { readonly ok: false; readonly errors: FormErrors };

/** Characters that the schema allows. */
const longestName = 200;

const { heads, dModel } = modelSchema.shape;
const sizesSchema = z.object({ heads, dModel });
const { steps, warmupSteps } = trainingSchema.shape;
const scheduleSchema = z.object({ steps, warmupSteps });

type Groups = Partial<Record<FieldGroup, object>>;

/** A difference between a form and a preset, in words. */
export interface Difference {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** What a form shows for a configuration, or for any of its groups. */
export function valuesOf(groups: Groups): FormValues {
  return Object.fromEntries(
    formFields.flatMap((field) => {
      const value = valueIn(groups, field);
      if (value === undefined) return [];
      return [[field.path, value]];
    }),
  );
}

/** The configuration that a form describes; what the form does not hold is taken from `base`. */
export function readForm(values: FormValues, base: RunConfig): Reading<RunConfig> {
  const model = { ...base.model, ...typed(values, 'model') };
  const parsed = runConfigSchema.safeParse({
    ...base,
    model,
    data: { ...base.data, ...typed(values, 'data') },
    training: { ...base.training, ...typed(values, 'training') },
  });
  const misfit = misfitOf(model);
  if (!parsed.success)
    return { ok: false, errors: { ...misfit, ...errorsOf(parsed.error.issues) } };
  return misfit === undefined
    ? { ok: true, value: parsed.data, errors: {} }
    : { ok: false, errors: misfit };
}

/** Whether sizes that are right by themselves fit one another, whatever else is wrong. */
function misfitOf(model: object): FormErrors | undefined {
  const sizes = sizesSchema.safeParse(model);
  if (!sizes.success) return undefined;
  try {
    checkModel(sizes.data);
    return undefined;
  } catch (error) {
    if (!(error instanceof PlaygroundError)) throw error;
    return { 'model.heads': `${error.message} ${error.remedy}` };
  }
}

/** What may stand in a form and is seldom meant, at each field that can change it. */
export function warningsOf(values: FormValues): FormWarnings {
  const schedule = scheduleSchema.safeParse(typed(values, 'training'));
  const warning = schedule.success ? warmupWarning(schedule.data) : undefined;
  return warning === undefined
    ? {}
    : { 'training.steps': warning, 'training.warmupSteps': warning };
}

/** How to draw text, as the controls beside the prompt say. */
export function readSampling(values: FormValues, base: SamplingConfig): Reading<SamplingConfig> {
  const parsed = samplingSchema.safeParse({ ...base, ...typed(values, 'sampling') });
  return parsed.success
    ? { ok: true, value: parsed.data, errors: {} }
    : { ok: false, errors: errorsOf(parsed.error.issues, 'sampling.') };
}

/** Where a form departs from its preset, in the order of the schema. */
export function differences(values: FormValues, preset: RunConfig): Difference[] {
  const original = valuesOf(preset);
  return formFields.flatMap((field) => {
    const from = original[field.path];
    const to = values[field.path];
    if (from === undefined || to === undefined || same(field, from, to)) return [];
    return [{ label: field.label, from: shown(field, from), to: shown(field, to) }];
  });
}

/** A name for a run: what it is after, and the first things that were changed. */
export function runName(base: string, changed: readonly Difference[]): string {
  const named = changed.slice(0, 2).map(({ label, to }) => `${label} ${to}`);
  const changes =
    changed.length === 0 ? '' : ` (${named.join(', ')}${changed.length > 2 ? ', …' : ''})`;
  return beginningOf(base, longestName - changes.length) + changes;
}

/** What is to be done before a form can be used: its wrong fields by name. */
export function toCorrect(errors: FormErrors): string {
  const [first, ...more] = formFields.filter(({ path }) => errors[path] !== undefined);
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return first === undefined
    ? 'Correct the configuration first'
    : `Correct “${first.label}”${others} first`;
}

/** What a control shows of a field's value. */
function valueIn(groups: Groups, { group, key }: FormField): string | boolean | undefined {
  const values = groups[group];
  const value = (values as Readonly<Record<string, string | number | boolean>> | undefined)?.[key];
  return typeof value === 'number' ? `${value}` : value;
}

/**
 * The values of a group with numbers instead of their text; what is no number becomes NaN, which
 * the schema refuses.
 */
function typed(values: FormValues, group: FieldGroup): Record<string, unknown> {
  return Object.fromEntries(
    formFields.flatMap((field) => {
      const value = values[field.path];
      if (field.group !== group || value === undefined) return [];
      return [[field.key, field.kind === 'number' ? toNumber(value) : value]];
    }),
  );
}

function toNumber(value: string | boolean): number {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function same(field: FormField, a: string | boolean, b: string | boolean): boolean {
  return field.kind === 'number' ? Number(a) === Number(b) : a === b;
}

function shown(field: FormField, value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  // A seed names its run: it counts nothing.
  if (field.kind === 'number' && field.key !== 'seed' && /^\d+$/.test(value)) {
    return formatCount(Number(value));
  }
  return field.kind === 'choice' ? (field.choices[value] ?? value) : value;
}

function errorsOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  prefix = '',
): FormErrors {
  // The first complaint about a field is the one to mend first.
  return Object.fromEntries(
    [...issues]
      .reverse()
      .map((issue) => [prefix + issue.path.map(String).join('.'), issue.message]),
  );
}
