/** @file The prompt with its tokens, how the text is drawn, and the button that writes it. */
import { formatCount, formatTokens } from '../../../config/counts';
import type { TokenView } from '../../../protocol/attentionMaps';
import { Button } from '../../controls/Button';
import { Disclosure } from '../../controls/Disclosure';
import { NumberField } from '../../controls/NumberField';
import { Panel } from '../../controls/Panel';
import { TextArea } from '../../controls/TextArea';
import { TextField } from '../../controls/TextField';
import { furtherFields } from '../../state/formFields';
import { SchemaField } from '../SchemaField';
import { useGeneration } from './generationContext';
import { isOpen } from './generationState';
import { mostSamples } from './variants';
import './promptTokens.css';

export function PromptSection() {
  const { state, actions } = useGeneration();
  const { failure, answer } = state.promptTokens.value;
  const writing = state.isWriting.value;
  const obstacle = state.obstacle.value;
  const texts = state.variants.value.length;
  return (
    <Panel id="prompt" title="Prompt">
      <TextArea
        id="prompt-text"
        label="The model goes on from here"
        help="Empty: it starts a new text. Ctrl+Enter or ⌘Enter generates."
        helpPlace="below"
        error={failure && `${failure.message} ${failure.remedy}`}
        placeholder="A beginning, or nothing"
        rows={2}
        value={state.prompt.value}
        onInput={(text) => {
          state.prompt.value = text;
        }}
        onSubmit={() => {
          if (!writing) actions.generate();
        }}
      />
      {answer !== undefined && <PromptTokens tokens={answer.tokens} />}
      <SamplingControls />
      {/* One button in one place, so that the focus stays on it. */}
      <Button
        label={writing ? 'Stop' : texts > 1 ? `Generate ${texts} Texts` : 'Generate'}
        icon={writing ? 'debug-stop' : 'play'}
        appearance="primary"
        disabled={!writing && obstacle !== undefined}
        hint={writing ? undefined : obstacle}
        onPress={writing ? actions.stop : actions.generate}
      />
    </Panel>
  );
}

/** Tokens of a prompt that are shown; of a longer one those at its end count. */
const mostTokens = 200;

function PromptTokens({ tokens }: { readonly tokens: readonly TokenView[] }) {
  const shown = tokens.slice(-mostTokens);
  return (
    <div class="prompt-tokens">
      <p class="panel-note">
        {formatTokens(tokens.length)}
        {shown.length < tokens.length && `, the last ${formatCount(shown.length)}`}:
      </p>
      <ol aria-label="Tokens of the prompt">
        {shown.map(({ id, label }, index) => (
          <li key={index} title={`“${label}” is token ${formatCount(id)} of the vocabulary`}>
            {label}
          </li>
        ))}
      </ol>
    </div>
  );
}

function SamplingControls() {
  const { state } = useGeneration();
  const values = state.values.value;
  const { errors } = state.sampling.value;
  const fields = furtherFields('sampling');
  const several = state.samplesError.value ?? state.temperaturesError.value;
  const wrong = several !== undefined || Object.keys(errors).length > 0;
  return (
    <Disclosure
      summary="Sampling"
      // What is wrong stays in sight until it is corrected.
      open={wrong || isOpen(state, 'sampling')}
      onToggle={(open) => {
        if (!wrong) state.setOpen('sampling', open);
      }}
    >
      <div class="fields">
        {fields.map((field) => (
          <SchemaField
            key={field.path}
            field={field}
            value={values[field.path] ?? ''}
            error={errors[field.path]}
            readOnly={false}
            onChange={(value) => {
              state.setOpen('sampling', true);
              state.setValue(field.path, value);
            }}
          />
        ))}
        <NumberField
          id="samples"
          label="Samples"
          help="Texts that are written side by side: of this seed and those after it."
          error={state.samplesError.value}
          min={1}
          max={mostSamples}
          step={1}
          value={state.samples.value}
          onInput={(text) => {
            state.setOpen('sampling', true);
            state.samples.value = text;
          }}
        />
        <TextField
          id="temperatures"
          label="Temperatures side by side"
          help="Numbers with commas between them, such as 0.5, 1, 1.5. Empty: the one above."
          error={state.temperaturesError.value}
          value={state.temperatures.value}
          onInput={(text) => {
            state.setOpen('sampling', true);
            state.temperatures.value = text;
          }}
        />
      </div>
    </Disclosure>
  );
}
