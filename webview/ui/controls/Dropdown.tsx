/** @file One of a few values, chosen from a list. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { descriptionId, Field, type FieldText } from './Field';
import { toolkit, useNaming } from './toolkit';

export interface DropdownProps<Value extends string> extends FieldText {
  readonly value: Value;
  /** Value → what the list shows, in order. */
  readonly options: Readonly<Record<Value, string>>;
  readonly disabled?: boolean;
  readonly onChange: (value: Value) => void;
  readonly layout?: 'above' | 'beside';
}

export function Dropdown<Value extends string>(props: DropdownProps<Value>) {
  const { id, label, value, options, error, disabled = false, onChange } = props;
  const host = useRef<HTMLInputElement>(null);
  useNaming(host, { label, describedBy: descriptionId(id), invalid: error !== undefined });
  // The element loses a value that is set before it has seen its options, which it does a task
  // later.
  useLayoutEffect(() => {
    const element = host.current;
    if (element !== null && element.value !== value) element.value = value;
  }, [value]);
  return (
    <Field {...props}>
      {toolkit(
        'dropdown',
        {
          id,
          ref: host,
          disabled,
          position: 'below',
          onChange: (event: Event) => {
            const chosen = (event.currentTarget as HTMLInputElement).value;
            const key = keysOf(options).find((candidate) => candidate === chosen);
            if (key !== undefined && key !== value) onChange(key);
          },
        },
        keysOf(options).map((key) =>
          toolkit('option', { key, value: key, selected: key === value }, options[key]),
        ),
      )}
    </Field>
  );
}

function keysOf<Value extends string>(options: Readonly<Record<Value, string>>): Value[] {
  return Object.keys(options) as Value[];
}
