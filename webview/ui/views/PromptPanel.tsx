/** @file A prompt for the model: what it goes on to write, token by token. */
import { Button } from '../controls/Button';
import { Panel } from '../controls/Panel';
import { TextArea } from '../controls/TextArea';
import { announce } from '../state/announce';
import { furtherFields } from '../state/formFields';
import { toCorrect } from '../state/formValues';
import type { Generation } from '../state/playgroundState';
import { usePage } from './pageContext';
import { promptHint } from './promptHint';
import { SchemaField } from './SchemaField';
import { SettingsDisclosure } from './SettingsDisclosure';
import { Written } from './Written';

/** Id of the field, for those who lead to it. */
export const promptId = 'prompt-text';

const nothingWritten: Generation = { phase: 'none' };

export function PromptPanel() {
  const { state, form, actions } = usePage();
  // What a model of this window wrote comes back with its run.
  const generation = state.isWatching.value ? nothingWritten : state.generation.value;
  const writing = generation.phase === 'writing';
  const ready = state.canGenerate.value;
  const sampling = form.sampling.value;
  const hint = !ready
    ? promptHint({
        engine: state.engine.value,
        watching: state.isWatching.value,
        resumable: state.view.value?.resumable,
        isClaimed: state.view.value?.claimed !== undefined,
      })
    : sampling.ok
      ? undefined
      : toCorrect(sampling.errors);
  const generate = (): void => {
    if (writing) return;
    if (hint !== undefined) announce(state.announcement, hint);
    else if (sampling.ok) actions.generate(form.prompt.value, sampling.value);
  };
  return (
    <Panel id="prompt" title="Write with the model">
      <div class="prompt">
        <TextArea
          id={promptId}
          label="Prompt"
          help={
            hint === undefined || writing
              ? 'The model goes on from here. Empty: it starts a new text. Ctrl+Enter or ⌘Enter generates.'
              : `${hint}.`
          }
          helpPlace="below"
          placeholder="A beginning, or nothing"
          rows={2}
          value={form.prompt.value}
          onInput={(value) => {
            form.prompt.value = value;
          }}
          onSubmit={generate}
        />
        {/* One button in one place, so that the focus stays on it. */}
        <Button
          label={writing ? 'Stop Writing' : 'Generate'}
          icon={writing ? 'debug-stop' : 'edit'}
          appearance="secondary"
          disabled={hint !== undefined && !writing}
          hint={writing ? undefined : hint}
          onPress={writing ? actions.stopGenerating : generate}
        />
      </div>
      <SamplingControls />
      {generation.phase !== 'none' && <Written generation={generation} />}
    </Panel>
  );
}

function SamplingControls() {
  const { form } = usePage();
  const values = form.values.value;
  const { errors } = form.sampling.value;
  const fields = furtherFields('sampling');
  return (
    <SettingsDisclosure id="sampling" summary="Sampling" fields={fields} errors={errors}>
      <div class="fields">
        {fields.map((field) => (
          <SchemaField
            key={field.path}
            field={field}
            value={values[field.path] ?? ''}
            error={errors[field.path]}
            readOnly={false}
            onChange={(value) => {
              form.set(field.path, value);
            }}
          />
        ))}
      </div>
    </SettingsDisclosure>
  );
}
