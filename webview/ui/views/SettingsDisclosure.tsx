/**
 * @file Settings behind a heading that opens them. What is wrong there stays in sight until it is
 * corrected.
 */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Disclosure } from '../controls/Disclosure';
import type { FormField } from '../state/formFields';
import type { FormErrors } from '../state/formValues';
import { usePage } from './pageContext';

export interface SettingsDisclosureProps {
  /** Under which the page remembers whether it is open. */
  readonly id: string;
  readonly summary: string;
  readonly fields: readonly FormField[];
  readonly errors: FormErrors;
  readonly children: ComponentChildren;
}

export function SettingsDisclosure(props: SettingsDisclosureProps) {
  const { id, summary, fields, errors, children } = props;
  const { form } = usePage();
  const wrong = fields.some(({ path }) => errors[path] !== undefined);
  useEffect(() => {
    // It does not close under the hands of whoever corrects it.
    if (wrong) form.setOpen(id, true);
  }, [wrong]);
  return (
    <Disclosure
      summary={summary}
      open={wrong || form.open.value[id] === true}
      onToggle={(open) => {
        if (!wrong) form.setOpen(id, open);
      }}
    >
      {children}
    </Disclosure>
  );
}
