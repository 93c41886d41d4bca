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
  #unsent: WrittenToken[] = [];
  #sent = '';
  #lastSent = 0;

  constructor(
    id: string,
    decode: (ids: readonly number[]) => string,
    emit: (generated: Generated) => void,
  ) {
    this.#id = id;
    this.#decode = decode;
    this.#emit = emit;
  }

  add(token: Unread): void {
    this.#open.push(token);
    // U+FFFD at the end: the bytes of a character that is not complete yet.
    const text = this.#decode(this.#open.map(({ id }) => id));
    if (!text.endsWith('\uFFFD')) this.#close(text);
    if (performance.now() - this.#lastSent > streamEvery) this.#send();
  }

  /** Sends the rest and returns the whole text. */
  finish(): string {
    if (this.#open.length > 0) this.#close(this.#decode(this.#open.map(({ id }) => id)));
    this.#send();
    return this.#sent;
  }

  /** The open tokens end with a character: the last of them brings the text of them all. */
  #close(text: string): void {
    const last = this.#open.length - 1;
    this.#unsent.push(
      ...this.#open.map((token, index) => ({ ...token, text: index === last ? text : '' })),
    );
    this.#open = [];
  }

  #send(): void {
    this.#lastSent = performance.now();
    if (this.#unsent.length === 0) return;
    const tokens = this.#unsent;
    const text = tokens.map((token) => token.text).join('');
    this.#unsent = [];
    this.#sent += text;
    this.#emit({ id: this.#id, text, tokens });
  }
}
