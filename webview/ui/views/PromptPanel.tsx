/** @file A prompt for the model: what it goes on to write, token by token. */
import type { Signal } from '@preact/signals';
import { formatCount } from '../../config/counts';
import { Banner } from '../controls/Banner';
import { Button } from '../controls/Button';
import { Panel } from '../controls/Panel';
import { TextArea } from '../controls/TextArea';
import { formatSpeed } from '../format';
import { furtherFields } from '../state/formFields';
import { toCorrect } from '../state/formValues';
import type { Generation } from '../state/playgroundState';
import { usePage } from './pageContext';
import { promptHint } from './promptHint';
import { SchemaField } from './SchemaField';
import { SettingsDisclosure } from './SettingsDisclosure';
import { WrittenText } from './WrittenText';

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
        phase: state.engine.value.phase,
        watching: state.isWatching.value,
        resumable: state.view.value?.resumable,
      })
    : sampling.ok
      ? undefined
      : toCorrect(sampling.errors);
  const generate = (): void => {
    if (writing) return;
    if (hint !== undefined) announceAnew(state.announcement, hint);
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
          placeholder="A beginning for the model to go on from, or nothing"
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

/** Screen readers say what changes alone: the same text again differs in a space at its end. */
function announceAnew(announcement: Signal<string>, text: string): void {
  announcement.value = announcement.peek() === text ? `${text}\u00a0` : text;
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

function Written({ generation }: { readonly generation: Exclude<Generation, { phase: 'none' }> }) {
  const { actions } = usePage();
  const { prompt, text, phase } = generation;
  return (
    <div class="generation">
      {phase === 'failed' && generation.failure !== undefined && (
        <Banner
          severity="error"
          message={generation.failure.message}
          remedy={generation.failure.remedy}
        />
      )}
      {(phase !== 'failed' || text !== '') && (
        <pre class="written" aria-label="What the model wrote" tabIndex={0}>
          <WrittenText prompt={prompt} text={text} ended={phase !== 'writing'} />
          {phase === 'writing' && <span class="caret" aria-hidden="true" />}
        </pre>
      )}
      <p class="generation-about">
        {outcome(generation)}
        {phase !== 'writing' && text !== '' && (
          <Button
            label="Copy the text"
            icon="copy"
            appearance="icon"
            onPress={() => {
              actions.copy(prompt + text);
            }}
          />
        )}
      </p>
    </div>
  );
}

const endings = {
  length: 'reached its length',
  'end-of-text': 'ended its text',
  cancelled: 'was stopped',
} as const;

function outcome(generation: Exclude<Generation, { phase: 'none' }>): string {
  switch (generation.phase) {
    case 'writing':
      return 'Writing …';
    case 'stopped':
      return 'Stopped.';
    case 'failed':
      return '';
    case 'done': {
      const { tokens, tokensPerSecond, ended, step } = generation.result;
      return `${formatCount(tokens)} tokens, ${formatSpeed(tokensPerSecond)}, with the weights of step ${formatCount(step)}; it ${endings[ended]}.`;
    }
    default:
      return generation satisfies never;
  }
}
