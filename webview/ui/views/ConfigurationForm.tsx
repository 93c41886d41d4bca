/** @file The configuration of the next run: a preset, its main sizes, and everything else behind a disclosure. */
import { useComputed } from '@preact/signals';
import { countParameters } from '../../config/parameters';
import { Button } from '../controls/Button';
import { Disclosure } from '../controls/Disclosure';
import { Dropdown } from '../controls/Dropdown';
import { Panel } from '../controls/Panel';
import { formatCount, formatShortCount } from '../format';
import { furtherFields, mainFields, type FormField } from '../state/formFields';
import { usePage } from './pageContext';
import { SchemaField } from './SchemaField';

export function ConfigurationForm() {
  const { state, form } = usePage();
  const active = state.isActive.value;
  const preset = form.preset.value;
  const changed = form.differences.value;
  return (
    <Panel
      id="configuration"
      title="Configuration"
      actions={
        <Button
          label="Reset"
          icon="discard"
          disabled={active || changed.length === 0}
          hint={active ? 'A run is active' : 'Back to the preset'}
          onPress={() => {
            form.reset();
          }}
        />
      }
    >
      {active && (
        <p class="locked">These values belong to the run that is active. Stop it to change them.</p>
      )}
      <Dropdown
        id="preset"
        label="Preset"
        help={preset.shows}
        value={preset.id}
        options={Object.fromEntries(form.presets.value.map(({ id, label }) => [id, label]))}
        disabled={active}
        onChange={(id) => {
          form.choosePreset(id);
        }}
      />
      <Differences />
      <div class="fields">
        <Fields fields={mainFields} />
      </div>
      <ParameterLine />
      <Disclosure
        summary="All settings"
        open={form.open.value['all-settings'] === true}
        onToggle={(open) => {
          form.setOpen('all-settings', open);
        }}
      >
        <FieldGroup title="Model" fields={furtherFields('model')} />
        <FieldGroup title="Text" fields={furtherFields('data')} />
        <FieldGroup title="Training" fields={furtherFields('training')} />
      </Disclosure>
    </Panel>
  );
}

function Differences() {
  const { form } = usePage();
  const changed = form.differences.value;
  if (changed.length === 0) return null;
  return (
    <div class="differences">
      <h3>Changed from the preset</h3>
      <ul>
        {changed.map(({ label, from, to }) => (
          <li key={label}>
            {label}: {from} → <strong>{to}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FieldGroupProps {
  readonly title: string;
  readonly fields: readonly FormField[];
}

function FieldGroup({ title, fields }: FieldGroupProps) {
  return (
    <fieldset class="field-group">
      <legend>{title}</legend>
      <div class="fields">
        <Fields fields={fields} />
      </div>
    </fieldset>
  );
}

function Fields({ fields }: Pick<FieldGroupProps, 'fields'>) {
  const { state, form } = usePage();
  const values = form.values.value;
  const { errors } = form.config.value;
  return (
    <>
      {fields.map((field) => (
        <SchemaField
          key={field.path}
          field={field}
          value={values[field.path] ?? ''}
          error={errors[field.path]}
          disabled={state.isActive.value}
          onChange={(value) => {
            form.set(field.path, value);
          }}
        />
      ))}
    </>
  );
}

/** How large the model will be, as far as that can be said before the text is cut into tokens. */
function ParameterLine() {
  const { state, form } = usePage();
  const text = useComputed(() => {
    const reading = form.config.value;
    if (!reading.ok) return 'Correct the values marked above to see the model’s size.';
    const { model, data } = reading.value;
    const facts = state.facts.value;
    const sameTokens =
      facts?.config.data.source === data.source &&
      facts.config.data.tokenizer === data.tokenizer &&
      facts.config.data.vocabulary === data.vocabulary;
    if (sameTokens) {
      const { total } = countParameters({ ...model, vocabulary: facts.vocabulary });
      return `${formatCount(total)} parameters with ${formatCount(facts.vocabulary)} tokens`;
    }
    const { total } = countParameters({ ...model, vocabulary: 0 });
    const each = model.dModel * (model.tied ? 1 : 2);
    return `${formatShortCount(total)} parameters, and ${formatCount(each)} for each token of the vocabulary`;
  });
  return (
    <p class="parameters" role="note">
      {text}
    </p>
  );
}
