/** @file Text that is written token by token, sent in pieces. Must not know who writes it. */
import type { Generated } from '../protocol/engineApi';

/** Milliseconds between two pieces of streamed text. */
const streamEvery = 50;

/** Gathers tokens into pieces of text; a character cut between two tokens waits for its rest. */
export class TextStream {
  readonly #id: string;
  readonly #decode: (ids: readonly number[]) => string;
  readonly #emit: (generated: Generated) => void;
  readonly #ids: number[] = [];
  #sent = '';
  #probabilities: number[] = [];
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

  add(token: number, probability: number): void {
    this.#ids.push(token);
    this.#probabilities.push(probability);
    if (performance.now() - this.#lastSent > streamEvery) this.#send();
  }

  /** Sends the rest and returns the whole text. */
  finish(): string {
    this.#send(true);
    return this.#sent;
  }

  #send(last = false): void {
    this.#lastSent = performance.now();
    const whole = this.#decode(this.#ids);
    // U+FFFD at the end: the bytes of a character that is not complete yet.
    const text = last ? whole : whole.replace(/\uFFFD+$/, '');
    const piece = text.slice(this.#sent.length);
    if (piece === '') return;
    this.#emit({ id: this.#id, text: piece, probabilities: this.#probabilities });
    this.#sent = text;
    this.#probabilities = [];
  }
}
