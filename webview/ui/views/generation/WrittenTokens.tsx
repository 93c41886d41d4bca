/**
 * @file What was written, token by token: tinted and underlined by how likely each token was. One
 * of them is reached by Tab, the others by arrow keys.
 */
import { endOfTextLabel } from '../../../config/endOfText';
import type { WrittenToken } from '../../../protocol/writing';
import { itemForKey } from '../../controls/roving';
import { bandOf, formatProbability } from './probability';
import './written.css';

interface WrittenTokensProps {
  /** Names the list. */
  readonly label: string;
  readonly tokens: readonly WrittenToken[];
  /** The one that is chosen. */
  readonly chosen: number | undefined;
  readonly onChoose: (index: number) => void;
  /** The pointer is on a token, or on none. */
  readonly onPoint: (index: number | undefined) => void;
  /** Enter on a token. */
  readonly onOpen: () => void;
}

export function WrittenTokens(props: WrittenTokensProps) {
  const { label, tokens, chosen, onChoose, onPoint, onOpen } = props;
  return (
    <span
      class="written-tokens"
      role="listbox"
      aria-label={label}
      aria-orientation="horizontal"
      onClick={(event) => {
        const index = indexOf(event.target);
        if (index !== undefined) onChoose(index);
      }}
      onPointerOver={(event) => {
        onPoint(indexOf(event.target));
      }}
      onPointerLeave={() => {
        onPoint(undefined);
      }}
      onKeyDown={(event) => {
        const index = indexOf(event.target);
        if (index === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          onChoose(index);
          onOpen();
          return;
        }
        const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="option"]')];
        const next = itemForKey(event.key, items, index, { along: 'row' });
        if (next === undefined) return;
        event.preventDefault();
        onChoose(next);
        items[next]?.focus();
      }}
    >
      {tokens.map((token, index) => (
        <span
          key={index}
          role="option"
          class={`written-token likely-${bandOf(token.probability)}`}
          data-index={index}
          aria-selected={index === chosen}
          aria-label={`“${token.label}”, ${formatProbability(token.probability)}`}
          tabIndex={index === (chosen ?? 0) ? 0 : -1}
        >
          {shownText(token)}
        </span>
      ))}
    </span>
  );
}

/** What cannot be seen is marked, and stands where it stands. */
function shownText({ label, text }: WrittenToken) {
  if (label === endOfTextLabel) return <EndOfText after={text} />;
  // A part of a character that is completed by the tokens after it.
  if (text === '') return <span class="written-part">{label}</span>;
  return text.replaceAll('\n', '⏎\n');
}

/** The mark that stands where a text ends. */
export function EndOfText({ after = '' }: { readonly after?: string }) {
  return (
    <>
      <span class="written-end">end of text</span>
      {after}
    </>
  );
}

function indexOf(target: EventTarget | null): number | undefined {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return item === null ? undefined : Number(item.dataset.index);
}
