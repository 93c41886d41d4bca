/** @file What the attention page shows and what the user has chosen on it. Asks nobody. */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../../config/errors';
import type { AttentionView, NumberedText } from '../../../protocol/attentionApi';
import type { FollowedToken, HeadRolesFound, LookedText } from '../../../protocol/attentionMaps';
import { isSameSelection, type Selection } from '../../../protocol/selection';
import type { Cell, ScaleChoice } from '../../heatmap/weights';
import type { AttentionMemory } from './attentionMemory';
import {
  headOf,
  headsThatExist,
  isSameHead,
  toggleHead,
  type OpenHead,
  type ShownMaps,
} from './shownMaps';

/** Where the text comes from that is looked at. */
export type TextSource = 'batch' | 'typed' | 'written' | 'given';

/** Which text the user has named. */
export interface NamedText {
  readonly source: TextSource;
  readonly typed: string;
  /** Of the batch. */
  readonly row: number;
  /** Number of the text that another view has sent. */
  readonly given?: number | undefined;
}

/** A text to be looked at, and what the user had named when it was asked for. */
export interface AskedText {
  readonly of: LookedText;
  readonly named: NamedText;
}

/** How an open head is drawn. */
export type MapShape = 'heatmap' | 'lines';

/** A token that is followed through a head. */
export interface Following {
  readonly token: FollowedToken;
  readonly query: number;
  readonly at: OpenHead;
}

export class AttentionState {
  readonly view = signal<AttentionView | undefined>(undefined);
  /** Somebody sees the page. */
  readonly visible = signal(true);
  readonly source;
  readonly typed;
  /** Row of the batch in training. */
  readonly row = signal(0);
  /** Counts the texts that were looked at: what is said of one says nothing of the next. */
  readonly texts = signal(0);
  /** Counts the windows that were taken of the batch. */
  readonly window = signal(0);
  /** The window of the batch that is held: the same tokens, while the weights change. */
  readonly held = signal<Int32Array | undefined>(undefined);
  readonly open = signal<readonly OpenHead[]>([]);
  readonly shape;
  readonly scale;
  /** The picture follows the run in training. */
  readonly live;
  readonly maps = signal<ShownMaps | undefined>(undefined);
  /** The text that the picture is of; undefined once there was no text to look at. */
  readonly pictured = signal<NamedText | undefined>(undefined);
  /** A picture was asked for that the user waits for. */
  readonly isAsking = signal(false);
  readonly roles = signal<HeadRolesFound | undefined>(undefined);
  /** Of the last time that every head was silenced. */
  readonly silencing = signal<HeadRolesFound | undefined>(undefined);
  readonly isScoring = signal(false);
  /** Why there are no newer scores. */
  readonly unscored = signal<Failure | undefined>(undefined);
  /** Where the keyboard or a click has put the mark. */
  readonly kept = signal<Cell | undefined>(undefined);
  readonly pointed = signal<Cell | undefined>(undefined);
  readonly following = signal<Following | undefined>(undefined);
  /** Which step of following is shown, counted from 0. */
  readonly followStep = signal(0);
  /** Why there is no new picture. */
  readonly failure = signal<Failure | undefined>(undefined);
  /** What the user asked for beside it and did not get. */
  readonly problem = signal<Failure | undefined>(undefined);
  readonly announcement = signal('');

  /** The text of another view that was taken last: the same one as long as its number is. */
  readonly #given = signal<NumberedText | undefined>(undefined);
  /** Whose last token is to be marked when there is a picture of it: the one before has others. */
  #toMark: LookedText | undefined;

  constructor(memory: AttentionMemory | undefined) {
    this.source = signal<TextSource>(memory?.source ?? 'batch');
    this.typed = signal(memory?.typed ?? '');
    this.shape = signal<MapShape>(memory?.shape ?? 'heatmap');
    this.scale = signal<ScaleChoice>(memory?.scale ?? 'map');
    this.live = signal(memory?.live ?? true);
  }

  /** The mark in the maps. */
  readonly cell: ReadonlySignal<Cell | undefined> = computed(
    () => this.pointed.value ?? this.kept.value,
  );

  /** The text to be looked at; undefined while the user has named none. */
  readonly looked: ReadonlySignal<LookedText | undefined> = computed(() => {
    switch (this.source.value) {
      case 'typed': {
        const text = this.typed.value;
        return text === '' ? undefined : { from: 'text', text };
      }
      case 'written': {
        return this.view.value?.written?.text;
      }
      case 'given': {
        return this.#given.value?.text;
      }
      case 'batch': {
        const ids = this.held.value;
        return ids === undefined ? { from: 'batch', row: this.row.value } : { from: 'tokens', ids };
      }
      default:
        return this.source.value satisfies never;
    }
  });

  readonly named: ReadonlySignal<NamedText> = computed(() => ({
    source: this.source.value,
    typed: this.typed.value,
    row: this.row.value,
    given: this.#given.value?.number,
  }));

  /** There is a text, and a picture that may stand below it. */
  readonly isPictured: ReadonlySignal<boolean> = computed(
    () =>
      this.maps.value !== undefined &&
      this.pictured.value !== undefined &&
      this.looked.value !== undefined,
  );

  /** The head that links and following are about: the one that was opened last. */
  readonly current: ReadonlySignal<OpenHead | undefined> = computed(() => this.open.value.at(-1));

  /** Takes what the host says. A selection that was made elsewhere moves the view. */
  applyView(view: AttentionView): void {
    const before = this.view.peek();
    batch(() => {
      // A run that ends keeps its picture: it is old, and says so.
      if (view.run !== undefined && view.run.runId !== this.maps.peek()?.runId) this.#beginRun();
      this.view.value = view;
      const { given } = view;
      const isGiven = given !== undefined && given.number !== this.#given.peek()?.number;
      if (given === undefined || isGiven) this.#given.value = given;
      if (isGiven) {
        this.changeText(() => {
          this.source.value = 'given';
          this.#toMark = given.text;
        });
      } else if (given === undefined && this.source.peek() === 'given') {
        this.source.value = 'batch';
      }
      if (isGiven || !isSameSelection(before?.selection, view.selection)) {
        this.#showSelection(view.selection);
      }
      this.#forgetWithoutText();
    });
  }

  /** Takes a picture of a text: of one that was sent here, its last token is the one that asks. */
  applyMaps(maps: ShownMaps, { of, named }: AskedText): void {
    batch(() => {
      this.pictured.value = named;
      this.#forgetWithoutText();
      this.failure.value = undefined;
      const isFirst = this.maps.peek() === undefined;
      this.maps.value = maps;
      if (this.source.peek() === 'batch' && isSameText(named, this.named.peek())) {
        this.held.value ??= Int32Array.from(maps.tokens, ({ id }) => id);
      }
      const open = headsThatExist(this.open.peek(), maps.modules);
      if (open.length !== this.open.peek().length) this.open.value = open;
      // What was selected before there was a picture.
      if (isFirst) this.#showSelection(this.view.peek()?.selection);
      const cell = this.kept.peek();
      const last = maps.tokens.length - 1;
      if (cell !== undefined && Math.max(cell.query, cell.key) > last) this.kept.value = undefined;
      if (of === this.#toMark) {
        this.#toMark = undefined;
        this.keep(last);
      }
    });
  }

  /** A head is opened beside the others, or closed. */
  toggle(head: OpenHead): void {
    this.open.value = toggleHead(this.open.peek(), head);
  }

  /** Looks at other tokens: what was marked is nowhere in them. */
  changeText(change: () => void): void {
    batch(() => {
      this.held.value = undefined;
      this.failure.value = undefined;
      this.kept.value = undefined;
      this.pointed.value = undefined;
      this.following.value = undefined;
      this.texts.value++;
      change();
      this.#forgetWithoutText();
    });
  }

  /** The next text does not begin with the picture of one before. */
  #forgetWithoutText(): void {
    if (this.looked.peek() === undefined) this.pictured.value = undefined;
  }

  /** What the user chose, for a page that is loaded again. */
  remember(): AttentionMemory {
    return {
      version: 1,
      // What another view has sent is sent anew.
      source: this.source.value === 'given' ? 'batch' : this.source.value,
      typed: this.typed.value,
      shape: this.shape.value,
      scale: this.scale.value,
      live: this.live.value,
    };
  }

  #beginRun(): void {
    this.maps.value = undefined;
    this.roles.value = undefined;
    this.silencing.value = undefined;
    this.unscored.value = undefined;
    this.failure.value = undefined;
    this.changeText(() => undefined);
  }

  /** Before the first picture nobody knows the model's attentions: it is shown with it. */
  #showSelection(selection: Selection | undefined): void {
    const modules = this.maps.peek()?.modules;
    if (selection === undefined || modules === undefined) return;
    const head = headOf(modules, selection);
    if (head === undefined) return;
    if (!this.#isOpen(selection, head)) this.open.value = [head];
    this.keep(selection.token);
  }

  /** Whether the selected place is among what is open, or has no attention to be opened. */
  showsSelection(): boolean {
    const selection = this.view.peek()?.selection;
    if (selection === undefined) return true;
    const head = headOf(this.maps.peek()?.modules ?? [], selection);
    return head === undefined || this.#isOpen(selection, head);
  }

  /** A place that has no head is shown by any head of its layer. */
  #isOpen(selection: Selection, head: OpenHead): boolean {
    return this.open
      .peek()
      .some((one) =>
        selection.head === undefined ? one.path === head.path : isSameHead(one, head),
      );
  }

  /** Marks a token as the one that asks. */
  keep(query: number | undefined): void {
    const size = this.maps.peek()?.tokens.length ?? 0;
    if (query === undefined || query >= size) return;
    const key = this.kept.peek()?.key ?? 0;
    this.kept.value = {
      query,
      key: this.maps.peek()?.causal === true ? Math.min(key, query) : key,
    };
  }
}

/** Whether the user means the same text, whatever has become of it. */
export function isSameText(a: NamedText, b: NamedText): boolean {
  if (a.source !== b.source) return false;
  switch (a.source) {
    case 'typed':
      return a.typed === b.typed;
    case 'batch':
      return a.row === b.row;
    case 'given':
      return a.given === b.given;
    case 'written':
      return true;
    default:
      return a.source satisfies never;
  }
}
