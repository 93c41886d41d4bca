/** @file Text that is written token by token, sent in pieces. Must not know who writes it. */
import type { Generated } from '../protocol/engineApi';
import type { WrittenToken } from '../protocol/writing';

/** Milliseconds between two pieces of streamed text. */
const streamEvery = 50;

type Unread = Omit<WrittenToken, 'text'>;

/** Gathers tokens into pieces of text; a character cut between tokens waits for its rest. */
export class TextStream {
  readonly #id: string;
  readonly #decode: (ids: readonly number[]) => string;
  readonly #emit: (generated: Generated) => void;
  /** Tokens whose last character is not complete. */
  #open: Unread[] = [];
  /** Ids that were written before, and begin the character of the first token. */
  #before: readonly number[];
  #reopens = 0;
  #unsent: WrittenToken[] = [];
  #sent = '';
  #lastSent = 0;

  /** @param written ids that the text goes on from: it may have been cut within a character */
  constructor(
    id: string,
    decode: (ids: readonly number[]) => string,
    emit: (generated: Generated) => void,
    written: readonly number[] = [],
  ) {
    this.#id = id;
    this.#decode = decode;
    this.#emit = emit;
    this.#before = openEnd(written, decode);
  }

  add(token: Unread): void {
    this.#open.push(token);
    // U+FFFD at the end: the bytes of a character that is not complete yet.
    const text = this.#textOfOpen();
    if (!text.endsWith('\uFFFD')) this.#close(text);
    if (performance.now() - this.#lastSent > streamEvery) this.#send();
  }

  /** What a token would show where the next one stands: a character that it completes whole. */
  textWith(id: number): string {
    return this.#decode([...this.#before, ...this.#open.map((token) => token.id), id]);
  }

  /** Sends the rest and returns the whole text. */
  finish(): string {
    if (this.#open.length > 0) this.#close(this.#textOfOpen());
    this.#send();
    return this.#sent;
  }

  #textOfOpen(): string {
    return this.#decode([...this.#before, ...this.#open.map(({ id }) => id)]);
  }

  /** The open tokens end with a character: the last of them brings the text of them all. */
  #close(text: string): void {
    const last = this.#open.length - 1;
    this.#unsent.push(
      ...this.#open.map((token, index) => ({ ...token, text: index === last ? text : '' })),
    );
    this.#open = [];
    this.#reopens += this.#before.length;
    this.#before = [];
  }

  #send(): void {
    this.#lastSent = performance.now();
    if (this.#unsent.length === 0) return;
    const tokens = this.#unsent;
    const text = tokens.map((token) => token.text).join('');
    this.#unsent = [];
    this.#sent += text;
    const reopens = this.#reopens;
    this.#reopens = 0;
    this.#emit({ id: this.#id, ...(reopens > 0 && { reopens }), text, tokens });
  }
}

/** The last ids of a text whose character is not complete; none where it is. */
function openEnd(
  ids: readonly number[],
  decode: (ids: readonly number[]) => string,
): readonly number[] {
  let open: number[] = [];
  for (const id of ids) {
    open.push(id);
    if (!decode(open).endsWith('\uFFFD')) open = [];
  }
  return open;
}
