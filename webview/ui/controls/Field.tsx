/**
 * @file The frame of a form field: label, control, help, complaint and warning, as in VS Code's
 * settings.
 */
import type { ComponentChildren } from 'preact';
import { Icon } from './Icon';

/** What every field shows beside its control. */
export interface FieldText {
  /** Unique in the page; the ids of label and help follow from it. */
  readonly id: string;
  readonly label: string;
  readonly help?: string | undefined;
  /**
   * Where the help stands: always below the control, or beside the field while it is pointed at or
   * has the focus.
   */
  readonly helpPlace?: 'below' | 'beside';
  /** Why the value cannot be used. */
  readonly error?: string | undefined;
  /** What the value leads to, where that is seldom meant. */
  readonly warning?: string | undefined;
}

/** Id of the element that describes a field's control: all that is said of it. */
export function descriptionId(id: string): string {
  return `${id}-description`;
}

interface FieldProps extends FieldText {
  /** `beside` puts a short control on the label's line. */
  readonly layout?: 'above' | 'beside';
  readonly children: ComponentChildren;
}

export function Field(props: FieldProps) {
  const { id, label, help, error, warning } = props;
  const { layout = 'above', helpPlace = 'beside', children } = props;
  return (
    <div class={`field field-${layout}${error === undefined ? '' : ' field-invalid'}`}>
      <label class="field-label" for={id} id={`${id}-label`}>
        {label}
      </label>
      <div class="field-control">{children}</div>
      <div class="field-description" id={descriptionId(id)}>
        {error !== undefined && (
          <p class="field-error">
            <Icon name="error" /> {error}
          </p>
        )}
        {warning !== undefined && (
          <p class="field-warning">
            <Icon name="warning" /> {warning}
          </p>
        )}
        {help !== undefined && <p class={`field-help field-help-${helpPlace}`}>{help}</p>}
      </div>
    </div>
  );
}
