/**
 * @file The fields of the configuration form, read from the schema: whoever adds a field there has
 * it here. Pure.
 */
import { dataSchema } from '../../config/data';
import { fieldInfo, type FieldInfo } from '../../config/fields';
import { modelSchema } from '../../config/model';
import { samplingSchema } from '../../config/sampling';
import { trainingSchema } from '../../config/training';

export type FieldGroup = 'model' | 'data' | 'training' | 'sampling';

/** A field of the schema with how it is shown and changed. */
export type FormField = {
  /** As in the schema's error messages: `model.layers`. */
  readonly path: string;
  readonly group: FieldGroup;
  readonly key: string;
  readonly label: string;
  readonly help: string;
} & (
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, string>> }
  | { readonly kind: 'flag' }
);

interface ShapedSchema {
  readonly shape: Readonly<Record<string, Parameters<typeof fieldInfo.get>[0]>>;
}

/**
 * Every field of a configuration and of sampling that offers a choice, in the order of the schema.
 */
export const formFields: readonly FormField[] = [
  ...fieldsOf('model', modelSchema),
  ...fieldsOf('data', dataSchema),
  ...fieldsOf('training', trainingSchema),
  ...fieldsOf('sampling', samplingSchema),
  // One value is no choice.
].filter((field) => field.kind !== 'choice' || Object.keys(field.choices).length > 1);

/** The fields one changes first, in the order of the form. */
export const mainFields: readonly FormField[] = [
  'data.source',
  'model.layers',
  'model.dModel',
  'model.heads',
  'model.context',
  'training.batchSize',
  'training.steps',
  'training.learningRate',
].flatMap((path) => formFields.find((field) => field.path === path) ?? []);

/** All others of a group. */
export function furtherFields(group: FieldGroup): readonly FormField[] {
  return formFields.filter((field) => field.group === group && !mainFields.includes(field));
}

function fieldsOf(group: FieldGroup, schema: ShapedSchema): FormField[] {
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    const info = fieldInfo.get(field);
    return info === undefined ? [] : [describe(group, key, info)];
  });
}

function describe(group: FieldGroup, key: string, info: FieldInfo): FormField {
  const { label, help, min, max, choices } = info;
  const base = { path: `${group}.${key}`, group, key, label, help };
  if (choices !== undefined) return { ...base, kind: 'choice', choices };
  if (min === undefined || max === undefined) return { ...base, kind: 'flag' };
  return { ...base, kind: 'number', min, max, step: info.step ?? (max - min) / 100 };
}
