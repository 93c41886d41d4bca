/**
 * @file A number typed as text: what the user typed stays as it is, wrong or right; the arrow keys
 * step it. Whether it is right says the schema, not this control.
 */
import { stepped } from './stepped';
import { TextField, type TextFieldProps } from './TextField';

export interface NumberFieldProps extends TextFieldProps {
  readonly min: number;
  readonly max: number;
  /** The arrow keys' increment. */
  readonly step: number;
}

export function NumberField({ min, max, step, ...field }: NumberFieldProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0 || field.readOnly === true) return;
    event.preventDefault();
    field.onInput(stepped(field.value, direction, { min, max, step }));
  };
  return <TextField layout="beside" {...field} onKeyDown={onKeyDown} />;
}
