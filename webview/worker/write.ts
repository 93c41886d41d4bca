/** @file Answers a prompt with the weights of one moment, however training changes them meanwhile. */
import { yieldToEventLoop } from '../backends/yield';
import { generate } from '../inference/generate';
import type { Generated, GenerateParams, GenerateResult } from '../protocol/engineApi';
import type { ActiveRun } from './activeRun';

/** Milliseconds between two pieces of streamed text. */
const streamEvery = 50;

export async function write(
  run: ActiveRun,
  { id, prompt, sampling }: GenerateParams,
  signal: AbortSignal,
  emit: (generated: Generated) => void,
): Promise<GenerateResult> {
  const { tokenizer, start } = run.dataset;
  const encoded = [...tokenizer.encode(prompt)];
  const { step } = run;
  const parameters = run.trainer.parameters.copy();
  const writer = { model: run.trainer.model, config: run.trainer.config, parameters };
  const stream = new TextStream(id, (ids) => tokenizer.decode(ids), emit);
  const began = performance.now();
  let ended: GenerateResult['ended'] = 'length';
  let tokens = 0;
  try {
    const from = encoded.length > 0 ? encoded : [start];
    for await (const written of generate(writer, from, sampling, tokenizer.endOfText)) {
      if (signal.aborted) {
        ended = 'cancelled';
        break;
      }
      tokens += 1;
      if (written.token === tokenizer.endOfText && sampling.stopAtEnd) {
        ended = 'end-of-text';
        break;
      }
      stream.add(written.token, written.probability);
      await yieldToEventLoop();
    }
  } finally {
    parameters.dispose();
  }
  const text = stream.finish();
  const seconds = (performance.now() - began) / 1000;
  return { text, tokens, tokensPerSecond: tokens / seconds, ended, step };
}

/** Gathers tokens into pieces of text; a character cut between two tokens waits for its rest. */
class TextStream {
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
