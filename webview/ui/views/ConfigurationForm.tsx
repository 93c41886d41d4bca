/**
 * @file The configuration of the next run: a preset, its main sizes, and everything else behind a
 * disclosure.
 */
import { Fragment } from 'preact';
import { Button } from '../controls/Button';
import { Dropdown } from '../controls/Dropdown';
import { LinkButton } from '../controls/LinkButton';
import { Panel } from '../controls/Panel';
import { furtherFields, mainFields, type FormField } from '../state/formFields';
import {
  configurationId,
  configurationOf,
  hideConfigurationId,
  showConfigurationId,
} from './configurationOf';
import { modelSizeOf } from './modelSize';
import { usePage } from './pageContext';
import { SchemaField } from './SchemaField';
import { SettingsDisclosure } from './SettingsDisclosure';
import { TextChoice } from './TextChoice';

const groups = [
  { title: 'Model', fields: furtherFields('model') },
  { title: 'Text', fields: furtherFields('data') },
  { title: 'Training', fields: furtherFields('training') },
];

export function ConfigurationForm() {
  const page = usePage();
  const { state, form } = page;
  const { canToggle } = configurationOf(page);
  const active = state.isActive.value;
  const preset = form.preset.value;
  const changed = form.differences.value;
  return (
    <Panel
      id="configuration"
      title="Configuration"
      actions={
        <>
          {canToggle && (
            <LinkButton
              id={hideConfigurationId}
              next={[showConfigurationId]}
              label="Hide configuration"
              expanded
              controls="configuration"
              onPress={() => {
                form.setOpen(configurationId, false);
              }}
            />
          )}
          {!active && (
            <Button
              label="Reset"
              icon="discard"
              appearance="icon"
              disabled={changed.length === 0}
              hint="Back to the preset"
              onPress={() => {
                form.reset();
              }}
            />
          )}
        </>
      }
    >
      {active && (
        <p class="locked">These values belong to the run that is active. Stop it to change them.</p>
      )}
      <Dropdown
        id="preset"
        label="Preset"
        help={preset.shows}
        helpPlace="below"
        value={preset.id}
        options={Object.fromEntries(form.presets.map(({ id, label }) => [id, label]))}
        readOnly={active}
        onChange={(id) => {
          form.choosePreset(id);
        }}
      />
      <Differences />
      <div class="fields">
        <Fields fields={mainFields} />
      </div>
      <ParameterLine />
      <SettingsDisclosure
        id="all-settings"
        summary="All settings"
        fields={groups.flatMap(({ fields }) => fields)}
        errors={form.config.value.errors}
      >
        {groups.map(({ title, fields }) => (
          <FieldGroup key={title} title={title} fields={fields} />
        ))}
      </SettingsDisclosure>
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
  const warnings = form.warnings.value;
  return (
    <>
      {fields.map((field) => (
        <Fragment key={field.path}>
          <SchemaField
            field={field}
            value={values[field.path] ?? ''}
            error={errors[field.path]}
            warning={warnings[field.path]}
            readOnly={state.isActive.value}
            onChange={(value) => {
              form.set(field.path, value);
            }}
          />
          {field.path === 'data.source' && values[field.path] === 'text' && <TextChoice />}
        </Fragment>
      ))}
    </>
  );
}

function ParameterLine() {
  const { whole } = modelSizeOf(usePage());
  return (
    <p class="parameters" role="note">
      {whole}
    </p>
  );
}
