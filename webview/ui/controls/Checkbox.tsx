/** @file Yes or no, with its help. */
import { useRef } from 'preact/hooks';
import { descriptionId, type FieldText } from './Field';
import { toolkit, useNaming } from './toolkit';

export interface CheckboxProps extends Omit<FieldText, 'error'> {
  readonly checked: boolean;
  /** It can be reached and read, not changed. */
  readonly readOnly?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ id, label, help, checked, readOnly = false, onChange }: CheckboxProps) {
  const host = useRef<HTMLElement>(null);
  useNaming(host, { label, describedBy: descriptionId(id) });
  return (
    <div class="field">
      {toolkit(
        'checkbox',
        {
          id,
          ref: host,
          checked,
          readOnly,
          // It also reports the changes that this page makes.
          onChange: (event: Event) => {
            const now = (event.currentTarget as HTMLInputElement).checked;
            if (now !== checked) onChange(now);
          },
        },
        label,
      )}
      <div class="field-description" id={descriptionId(id)}>
        {help !== undefined && <p class="field-help field-help-beside">{help}</p>}
      </div>
    </div>
  );
}
