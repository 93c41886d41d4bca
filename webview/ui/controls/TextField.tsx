/** @file One line of text, with its label and help. */
import { useRef } from 'preact/hooks';
import { descriptionId, Field, type FieldText } from './Field';
import { toolkit, useNaming } from './toolkit';

export interface TextFieldProps extends FieldText {
  readonly value: string;
  /** It can be reached and read, not changed. */
  readonly readOnly?: boolean;
  readonly onInput: (value: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly layout?: 'above' | 'beside';
}

export function TextField(props: TextFieldProps) {
  const { id, label, value, error, readOnly = false, onInput, onKeyDown } = props;
  const host = useRef<HTMLElement>(null);
  useNaming(host, { label, describedBy: descriptionId(id), invalid: error !== undefined });
  return (
    <Field {...props}>
      {toolkit('text-field', {
        id,
        ref: host,
        value,
        readOnly,
        spellcheck: false,
        onKeyDown,
        onInput: (event: Event) => {
          onInput((event.currentTarget as HTMLInputElement).value);
        },
      })}
    </Field>
  );
}
