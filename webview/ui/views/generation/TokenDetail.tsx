/**
 * @file The token that is chosen or pointed at: how likely it was, and what could have stood in its
 * place. Any of those can be gone on from.
 */
import { formatCount } from '../../../config/counts';
import type { LikelyToken, WrittenToken } from '../../../protocol/writing';
import { LinkButton } from '../../controls/LinkButton';
import { Panel } from '../../controls/Panel';
import { itemForKey } from '../../controls/roving';
import { useGeneration } from './generationContext';
import type { GenerationState } from './generationState';
import { formatProbability } from './probability';
import './bars.css';
import './tokenDetail.css';

/** Id of the alternatives, for those who lead to them. */
export const alternativesId = 'alternatives';

export function TokenDetail() {
  const { state, actions } = useGeneration();
  const tokens = state.tokens.value;
  const at = state.detailed.value;
  const token = at === undefined ? undefined : tokens[at];
  const foreign = isForeign(state);
  if (tokens.length === 0) return null;
  return (
    <Panel id="token" title="Chosen token">
      {at === undefined || token === undefined ? (
        <p class="panel-note">
          Point at a token of the text, or walk over it with the arrow keys, to see what could have
          stood in its place.
        </p>
      ) : (
        <>
          <p class="token-about">
            <code>{token.label}</code> is token {formatCount(at)} after the prompt, counted from 0.
            The model gave it <strong>{formatProbability(token.probability)}</strong>.
            {!foreign && state.view.value?.attends === true && (
              <>
                {' '}
                <LinkButton
                  label="Show where it looks"
                  onPress={() => {
                    actions.showAttention(at);
                  }}
                />
              </>
            )}
          </p>
          <Alternatives key={at} at={at} token={token} />
        </>
      )}
    </Panel>
  );
}

/** Whether another model wrote the text: in the loaded one its tokens mean something else. */
function isForeign({ chosen, view }: GenerationState): boolean {
  return chosen.value?.runId !== view.value?.run?.runId;
}

/** Why nothing can be put in the place of a token; undefined where something can. */
function whyNotOn(state: GenerationState): string | undefined {
  if (state.view.value?.run === undefined || !isForeign(state)) return state.goingOnObstacle.value;
  return 'Another model wrote this text: load it to go on from here, or to see where a token looks.';
}

interface AlternativesProps {
  readonly at: number;
  readonly token: WrittenToken;
}

function Alternatives({ at, token }: AlternativesProps) {
  const { state, actions } = useGeneration();
  const whyNot = whyNotOn(state);
  const isKept = token.alternatives.length > 0;
  const choices: readonly LikelyToken[] = token.alternatives.some(({ id }) => id === token.id)
    ? token.alternatives
    : [...token.alternatives, token];
  return (
    <>
      <p class="panel-note" id="alternatives-note">
        {whyNot ??
          `${isKept ? 'Choose one to go on from it' : 'Go on from it again'}: a new branch.`}
        {!isKept && ' Others were not kept when the window was loaded again: the text is long.'}
      </p>
      <ol
        class="bars"
        id={alternativesId}
        aria-label={`Instead of “${token.label}”`}
        onKeyDown={(event) => {
          const buttons = [...event.currentTarget.querySelectorAll('button')];
          const index = buttons.findIndex((button) => button === event.target);
          if (event.key === 'Escape') {
            event.preventDefault();
            document.querySelector<HTMLElement>('.written-tokens [tabindex="0"]')?.focus();
            return;
          }
          const next = itemForKey(event.key, buttons, index);
          if (next === undefined) return;
          event.preventDefault();
          buttons[next]?.focus();
        }}
      >
        {choices.map(({ id, label, probability, text }, index) => (
          <li key={id}>
            <button
              type="button"
              class={`bar${id === token.id ? ' bar-drawn' : ''}`}
              tabIndex={index === 0 ? 0 : -1}
              aria-disabled={whyNot !== undefined}
              onClick={() => {
                if (whyNot === undefined) actions.branch(at, { id, label, probability, text });
              }}
            >
              <span class="visually-hidden">
                {id === token.id ? 'Drawn, go on from it again:' : 'Go on from'}
              </span>
              <span class="bar-token">{label}</span>
              <span class="bar-track" aria-hidden="true">
                <span class="bar-fill" style={{ width: `${probability * 100}%` }} />
              </span>
              <span class="bar-value">{formatProbability(probability)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
