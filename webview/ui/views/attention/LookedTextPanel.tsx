/** @file The text that is looked at: typed, of the batch in training, or written; its tokens. */
import { formatCount, formatTokens } from '../../../config/counts';
import { beginningOf } from '../../../config/cut';
import { Dropdown } from '../../controls/Dropdown';
import { Panel } from '../../controls/Panel';
import { TextArea } from '../../controls/TextArea';
import { formatMeasure } from '../../format';
import { nameToken } from '../../heatmap/reading';
import { useAttention } from './attentionContext';
import { isSameText, type NamedText, type TextSource } from './attentionState';
import { BatchRow } from './BatchRow';
import { selectionOf } from './shownMaps';
import './lookedText.css';

const sources: Readonly<Record<Exclude<TextSource, 'given'>, string>> = {
  batch: 'The batch in training',
  typed: 'A text of mine',
  written: 'What the model wrote last',
};

/** With a text that another view has sent here. */
const sourcesWithGiven: Readonly<Record<TextSource, string>> = {
  ...sources,
  given: 'The text from the generation view',
};

export function LookedTextPanel() {
  const { state } = useAttention();
  const source = state.source.value;
  const hasGiven = state.view.value?.given !== undefined;
  return (
    <Panel id="looked" title="Text">
      <div class="looked">
        <Dropdown<TextSource>
          // The list takes no value that comes with its entry: so it is made anew.
          key={hasGiven ? 'with given' : 'own'}
          id="looked-source"
          label="Looks at"
          value={source}
          options={hasGiven ? sourcesWithGiven : (sources as Record<TextSource, string>)}
          onChange={(chosen) => {
            state.changeText(() => {
              state.source.value = chosen;
            });
          }}
        />
        {source === 'typed' && <TypedText />}
        {source === 'batch' && <BatchRow />}
        {source === 'written' && state.view.value?.written === undefined && (
          <p class="panel-note">
            The model has written nothing yet: it writes a sample every few hundred steps while it
            trains, and whenever you press Generate in the playground or in the generation view.
          </p>
        )}
      </div>
      <Tokens />
    </Panel>
  );
}

function TypedText() {
  const { state } = useAttention();
  const failure = state.failure.value;
  return (
    <TextArea
      id="looked-text"
      label="Text"
      help="Its tokens stand below. A text longer than the context loses its beginning."
      helpPlace="below"
      placeholder="Type a text to see how the model reads it"
      rows={2}
      value={state.typed.value}
      error={failure && `${failure.message} ${failure.remedy}`}
      onInput={(text) => {
        state.changeText(() => {
          state.typed.value = text;
        });
      }}
    />
  );
}

/** Tokens that are shown; further ones stand on the axes of the picture. */
const mostTokens = 512;

/** As the model sees them. Each can be marked as the one that looks. */
function Tokens() {
  const { state, actions } = useAttention();
  const maps = state.maps.value;
  if (maps === undefined || !state.isPictured.value) return null;
  const pictured = state.pictured.value;
  const old = pictured && !isSameText(pictured, state.named.value) ? pictured : undefined;
  const marked = state.cell.value;
  const { labels, cropped, loss } = maps;
  const asking = state.kept.value?.query ?? 0;
  // One that is marked beyond those shown cannot be reached here.
  const reachable = asking < mostTokens ? asking : 0;
  const { source } = pictured ?? state.named.value;
  return (
    <>
      <p class="panel-note">
        {old && `Tokens and pictures still of ${wordsFor(old, state.named.value)}: `}
        {formatTokens(labels.length)}
        {cropped > 0 && `, without the first ${formatCount(cropped)}: ${whyCropped(source)}`}
        {loss !== undefined && ` · loss on it ${formatMeasure(loss)}`}
      </p>
      <ol class="tokens" aria-label="Tokens of the text">
        {labels.slice(0, mostTokens).map((label, index) => (
          <li key={index}>
            <button
              type="button"
              class={tokenClass(index, marked?.query, marked?.key)}
              title={nameToken(labels, index)}
              aria-label={nameToken(labels, index)}
              aria-pressed={index === state.kept.value?.query}
              tabIndex={index === reachable ? 0 : -1}
              onClick={() => {
                state.keep(index);
                const current = state.current.peek();
                if (current !== undefined) actions.select(selectionOf(current, index));
              }}
              onKeyDown={(event) => {
                moveAmongTokens(event);
              }}
            >
              {label}
            </button>
          </li>
        ))}
        {labels.length > mostTokens && <li>… {formatCount(labels.length - mostTokens)} more</li>}
      </ol>
    </>
  );
}

/** A model that writes drops the older half of a window that is full. */
function whyCropped(source: TextSource): string {
  return source === 'given' || source === 'written'
    ? 'they had left the model’s window by then'
    : 'the model sees no more at once';
}

/** Characters of a text that name it. */
const mostNamed = 60;

function wordsFor({ source, typed, row, given }: NamedText, now: NamedText): string {
  switch (source) {
    case 'typed': {
      const end = typed.length > mostNamed ? ' …' : '';
      return `“${beginningOf(typed, mostNamed)}${end}”`;
    }
    case 'batch':
      return `window ${formatCount(row)} of the batch`;
    case 'written':
      return 'what the model wrote';
    case 'given':
      return `${given === now.given ? 'the' : 'an earlier'} text from the generation view`;
    default:
      return source satisfies never;
  }
}

function tokenClass(index: number, query: number | undefined, key: number | undefined): string {
  const looks = index === query ? ' token-looks' : '';
  return `token${looks}${index === key ? ' token-looked' : ''}`;
}

/** One of them is reached by Tab, the others by arrow keys. */
function moveAmongTokens(event: KeyboardEvent): void {
  const item = event.currentTarget instanceof Element ? event.currentTarget.closest('li') : null;
  const targets: Readonly<Record<string, Element | null | undefined>> = {
    ArrowRight: item?.nextElementSibling,
    ArrowDown: item?.nextElementSibling,
    ArrowLeft: item?.previousElementSibling,
    ArrowUp: item?.previousElementSibling,
    Home: item?.parentElement?.firstElementChild,
    End: item?.parentElement?.lastElementChild,
  };
  const target = targets[event.key]?.querySelector('button');
  if (!target) return;
  event.preventDefault();
  target.focus();
}
