/**
 * @file The distribution that the next token is drawn from: as the model gives it, and after each
 * filter of the sampling.
 */
import { formatCount } from '../../../config/counts';
import { filterStages, type FilterStage, type NextToken } from '../../../protocol/writing';
import { Disclosure } from '../../controls/Disclosure';
import { useGeneration } from './generationContext';
import { isOpen, type GenerationState } from './generationState';
import { formatChoices, formatProbability } from './probability';
import './bars.css';
import './stages.css';

const stageNames: Readonly<Record<FilterStage, string>> = {
  model: 'Model',
  temperature: 'Temp.',
  'top-k': 'Top-k',
  'top-p': 'Top-p',
};

export function NextTokenPanel() {
  const { state } = useGeneration();
  const { answer, failure } = state.next.value;
  return (
    <section id="next" aria-label="The next token">
      <Disclosure
        summary="The next token"
        open={isOpen(state, 'next')}
        onToggle={(open) => {
          state.setOpen('next', open);
        }}
      >
        <p class="panel-note">
          {place(state)}
          {answer !== undefined && `, by the weights of step ${formatCount(answer.step)}`}: what is
          drawn from, before and after each filter.
        </p>
        {failure !== undefined && (
          <p class="field-error">
            {failure.message} {failure.remedy}
          </p>
        )}
        {answer === undefined ? (
          failure === undefined && (
            <p class="panel-note">{state.obstacle.value ?? 'Looking at the model …'}</p>
          )
        ) : (
          <Stages next={answer} />
        )}
      </Disclosure>
    </section>
  );
}

/** After which tokens the next one is drawn. */
function place({ token, tokens, prompt, next }: GenerationState): string {
  const at = token.value;
  const chosen = at === undefined ? undefined : tokens.value[at];
  if (chosen !== undefined) return `After the chosen token “${chosen.label}” (${at ?? ''})`;
  if (prompt.value !== '') return 'After the prompt';
  const given = next.value.answer?.given;
  return given === undefined
    ? 'At the start of a new text'
    : `After “${given}”, with which a new text begins as the training text does`;
}

/** A table with a bar in each cell: its own text twin. */
function Stages({ next }: { readonly next: NextToken }) {
  const { stages, tokens, vocabulary } = next;
  const shown = filterStages.map((name, index) => ({ name, index, ...stages[index] }));
  return (
    <div class="stages-scroll" tabIndex={0} role="region" aria-label="Distribution, stage by stage">
      <table class="stages">
        <thead>
          <tr>
            <th scope="col">token</th>
            {shown.map(({ name }) => (
              <th scope="col" key={name} title={name === 'temperature' ? 'Temperature' : undefined}>
                {stageNames[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ id, label, probabilities }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              {shown.map(({ name, index }) => (
                <td key={name}>
                  <StageBar probability={probabilities[index] ?? 0} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" title={`Of ${formatCount(vocabulary)} tokens of the vocabulary`}>
              kept
            </th>
            {shown.map(({ name, kept }) => (
              <td key={name}>{formatCount(kept ?? 0)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row" title="Entropy in nats; as uncertain as so many equally likely tokens">
              entropy
            </th>
            {shown.map(({ name, entropy = 0 }) => (
              <td key={name}>
                {entropy.toFixed(2)} <span class="stage-choices">≈ {formatChoices(entropy)}</span>
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      <p class="panel-note">
        Entropy is in nats; ≈ is the number of equally likely tokens that would be as uncertain.
      </p>
    </div>
  );
}

function StageBar({ probability }: { readonly probability: number }) {
  return (
    <>
      <span class="stage-value">{probability === 0 ? 'out' : formatProbability(probability)}</span>
      <span class="bar-track" aria-hidden="true">
        <span class="bar-fill" style={{ width: `${probability * 100}%` }} />
      </span>
    </>
  );
}
