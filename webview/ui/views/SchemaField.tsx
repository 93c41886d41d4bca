/** @file The control for a field of the schema: number, choice or flag. */
import { Checkbox } from '../controls/Checkbox';
import { Dropdown } from '../controls/Dropdown';
import { NumberField } from '../controls/NumberField';
import type { FormField } from '../state/formFields';

export interface SchemaFieldProps {
  readonly field: FormField;
  readonly value: string | boolean;
  readonly error: string | undefined;
  readonly warning?: string | undefined;
  readonly readOnly: boolean;
  readonly onChange: (value: string | boolean) => void;
}

export function SchemaField(props: SchemaFieldProps) {
  const { field, value, error, warning, readOnly, onChange } = props;
  const { label, help } = field;
  const id = `field-${field.path.replace('.', '-')}`;
  const frame = { id, label, help, error, warning, readOnly };
  switch (field.kind) {
    case 'number':
      return (
        <NumberField
          {...frame}
          min={field.min}
          max={field.max}
          step={field.step}
          value={String(value)}
          onInput={onChange}
        />
      );
    case 'choice':
      return (
        <Dropdown {...frame} value={String(value)} options={field.choices} onChange={onChange} />
      );
    case 'flag':
      return <Checkbox {...frame} checked={value === true} onChange={onChange} />;
    default:
      return field satisfies never;
  }
}
