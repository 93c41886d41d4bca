/** @file One of a few values, chosen from a list. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { descriptionId, Field, type FieldText } from './Field';
import { TextField } from './TextField';
import { toolkit, useNaming } from './toolkit';

export interface DropdownProps<Value extends string> extends FieldText {
  readonly value: Value;
  /** Value → what the list shows, in order. */
  readonly options: Readonly<Record<Value, string>>;
  /** It can be reached and read, not changed. */
  readonly readOnly?: boolean;
  readonly onChange: (value: Value) => void;
  readonly layout?: 'above' | 'beside';
}

export function Dropdown<Value extends string>(props: DropdownProps<Value>) {
  const { value, options, readOnly = false } = props;
  // The toolkit's list knows no such state; disabled it is pale and out of the keyboard's reach.
  return readOnly ? (
    <TextField {...props} value={options[value]} readOnly onInput={ignore} />
  ) : (
    <List {...props} />
  );
}

function ignore(): void {
  // Nothing can be typed into it.
}

function List<Value extends string>(props: DropdownProps<Value>) {
  const { id, label, value, options, error, onChange } = props;
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
