/**
 * @file Writes branches one after the other, and adds to each what the engine streams. Says aloud
 * what is written, sentence by sentence. Writes nothing beside what is measured. Knows no endpoint.
 */
import { batch } from '@preact/signals';
import { failureOf } from '../../../config/errors';
import type { SamplingConfig } from '../../../config/sampling';
import type { Generated, GenerateParams, GenerateResult } from '../../../protocol/engineApi';
import { announce } from '../../state/announce';
import { branchOf, idsOf, tokensOf, withPiece, type Branch, type Progress } from './branches';
import { isGoing, type GenerationState } from './generationState';
import { Sentences } from './sentences';

type Ask = (params: GenerateParams, signal: AbortSignal) => Promise<GenerateResult>;

export class Writing {
  readonly #state: GenerationState;
  readonly #ask: Ask;
  #cancel = new AbortController();
  /** Request → branch: what one branch is written by may change, as when it goes on. */
  readonly #branches = new Map<string, string>();
  /** Of the text that is read aloud; undefined where there are several. */
  #sentences: Sentences | undefined;

  constructor(state: GenerationState, ask: Ask) {
    this.#state = state;
    this.#ask = ask;
  }

  /** New branches, in place of what is being written; the first of them is read. */
  begin(begun: readonly Branch[]): void {
    const [first] = begun;
    if (first === undefined || this.#isRefused()) return;
    this.stop();
    batch(() => {
      this.#state.branches.value = [...this.#state.branches.peek(), ...begun];
      // What leaves a text that stands beside others is read alone; they come back with it.
      if (first.fork === undefined) this.#state.shown.value = begun.map(({ id }) => id);
      // A branch is read from where it left: what it changed stays chosen.
      this.#state.choose(first.id, first.fork?.at);
    });
    void this.#writeAll(begun.map(({ id }) => id));
  }

  /** Adds to a branch at its end, drawn as the controls say now. */
  goOn({ id }: Branch, sampling: SamplingConfig): void {
    if (this.#isRefused()) return;
    this.stop();
    this.#state.change(id, () => ({ sampling, progress: { phase: 'waiting' } }));
    void this.#writeAll([id]);
  }

  /** What has not been written by now is not. */
  stop(): void {
    this.#cancel.abort();
    this.#cancel = new AbortController();
    this.#branches.clear();
    if (this.#state.branches.peek().some(({ progress }) => isGoing(progress))) {
      // Whoever listens hears the sentence that was cut off, as others see it.
      const rest = this.#sentences?.finish() ?? [];
      this.#say([...rest.map((cut) => `${cut} …`), 'Stopped.']);
    }
    batch(() => {
      for (const { id, progress } of this.#state.branches.peek()) {
        if (isGoing(progress)) this.#state.change(id, () => ({ progress: { phase: 'stopped' } }));
      }
    });
  }

  /** A piece of a text; one that nobody waits for any more is dropped. */
  add({ id: request, begins, text, tokens, reopens }: Generated): void {
    const id = this.#branches.get(request);
    if (id === undefined) return;
    this.#state.change(id, (branch) => ({
      prompt: begins?.prompt ?? branch.prompt,
      tokens: withPiece(branch, tokens, reopens),
    }));
    this.#say(this.#sentences?.add(text) ?? []);
  }

  /** Never rejects: what fails stands at its branch. */
  async #writeAll(ids: readonly string[]): Promise<void> {
    const { signal } = this.#cancel;
    this.#sentences = ids.length === 1 ? new Sentences() : undefined;
    for (const [index, id] of ids.entries()) {
      const progress = await this.#write(id, signal);
      // Whoever stopped it has said so of all that was to come.
      if (signal.aborted) return;
      this.#state.change(id, () => ({ progress }));
      this.#say(this.#sentences?.finish() ?? []);
      if (ids.length > 1) announce(this.#state.announcement, `Text ${index + 1} is written`);
    }
  }

  async #write(id: string, signal: AbortSignal): Promise<Progress> {
    const branches = this.#state.branches.peek();
    const branch = branchOf(branches, id);
    if (branch === undefined) return { phase: 'stopped' };
    const { prompt, sampling } = branch;
    const after = idsOf(tokensOf(branches, branch));
    const request = crypto.randomUUID();
    this.#branches.set(request, id);
    this.#state.change(id, () => ({ progress: { phase: 'writing' } }));
    try {
      const { ended, step, tokensPerSecond } = await this.#ask(
        { id: request, prompt, after, sampling },
        signal,
      );
      return { phase: 'done', ended, step, tokensPerSecond };
    } catch (error) {
      return signal.aborted ? { phase: 'stopped' } : { phase: 'failed', failure: failureOf(error) };
    } finally {
      this.#branches.delete(request);
    }
  }

  /** A text that was written meanwhile would take its time from both that are timed. */
  #isRefused(): boolean {
    const reason = this.#state.measuring.peek();
    if (reason === undefined) return false;
    announce(this.#state.announcement, reason);
    return true;
  }

  #say(sentences: readonly string[]): void {
    if (sentences.length > 0) announce(this.#state.announcement, sentences.join(' '));
  }
}
