/** @file Several lines of text, with label and help. */
import { useRef } from 'preact/hooks';
import { descriptionId, Field, type FieldText } from './Field';
import { toolkit, useNaming } from './toolkit';

export interface TextAreaProps extends FieldText {
  readonly value: string;
  readonly rows?: number;
  /** What the field says while it is empty. */
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly onInput: (value: string) => void;
  /** Ctrl+Enter or ⌘Enter. */
  readonly onSubmit?: () => void;
}

export function TextArea(props: TextAreaProps) {
  const {
    id,
    label,
    value,
    error,
    rows = 3,
    placeholder,
    disabled = false,
    onInput,
    onSubmit,
  } = props;
  const host = useRef<HTMLElement>(null);
  useNaming(host, { label, describedBy: descriptionId(id), invalid: error !== undefined });
  return (
    <Field {...props}>
      {toolkit('text-area', {
        id,
        ref: host,
        value,
        rows,
        placeholder,
        disabled,
        resize: 'vertical',
        spellcheck: false,
        onInput: (event: Event) => {
          onInput((event.currentTarget as HTMLTextAreaElement).value);
        },
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit?.();
        },
      })}
    </Field>
  );
}
