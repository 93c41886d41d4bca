/**
 * @file Writing text: predict, draw, append, again. Yields one token at a time, so that its caller
 * can stream, pause for training, and stop.
 */
import type { ModelShape } from '../config/model';
import { randomKey, uniform } from '../config/random';
import type { SamplingConfig } from '../config/sampling';
import type { Model } from '../model/model';
import { reshape, slice } from '../ops/arrange';
import { axisOf } from '../ops/tensor';
import { dispose, ids, keep, read, tidy } from '../ops/values';
import type { Parameters } from '../training/parameters';
import { passOver } from '../training/pass';
import { FixedCache } from './keyValueCache';
import { candidates, pick, probabilities } from './sampling';

/**
 * What generation reads. The weights must stay as they are from the first token to the last: the
 * cache holds what they made of the tokens before. While training goes on, pass a copy.
 */
export interface Writer {
  readonly model: Model;
  readonly config: ModelShape;
  readonly parameters: Parameters;
}

/** One token that was drawn. */
export interface DrawnToken {
  readonly token: number;
  /** The model's own probability of every token here, before temperature and filters: [vocab]. */
  readonly shares: Float64Array;
}

/**
 * Continues `prompt` (at least one token) by up to `sampling.maxTokens` tokens, and stops after
 * `endOfText` if asked to. When the context is full, its older half is dropped and the rest encoded
 * again: by the same rule with and without cache, so that both write the same text.
 *
 * @param after tokens written after the prompt already: window and draws go on as if just written
 */
export async function* generate(
  writer: Writer,
  prompt: readonly number[],
  sampling: SamplingConfig,
  endOfText: number,
  after: ArrayLike<number> = [],
): AsyncGenerator<DrawnToken, void, undefined> {
  const key = randomKey(sampling.seed, 'sampling');
  const window = new Window(writer, prompt, sampling.cache);
  for (const token of Array.from(after)) window.append(token);
  try {
    for (let written = 0; written < sampling.maxTokens; written++) {
      const logits = await window.nextLogits();
      const token = pick(candidates(logits, sampling), uniform(key, after.length + written));
      yield { token, shares: probabilities(logits) };
      if (sampling.stopAtEnd && token === endOfText) return;
      window.append(token);
    }
  } finally {
    window.dispose();
  }
}

/**
 * Whether the keys and values of earlier tokens can be kept: without a causal mask they change with
 * every token that follows.
 */
export function canCache({ mask }: Pick<ModelShape, 'mask'>): boolean {
  return mask === 'causal';
}

/** The tokens the model sees, and the logits that follow them. */
export class Window {
  readonly #writer: Writer;
  readonly #tokens: number[];
  readonly #cache: FixedCache | undefined;

  constructor(writer: Writer, prompt: readonly number[], cached: boolean) {
    if (prompt.length === 0) throw new Error('Generation needs a prompt of at least one token.');
    const { context } = writer.config;
    this.#writer = writer;
    this.#tokens = prompt.slice(-context);
    this.#cache = cached && canCache(writer.config) ? new FixedCache(context) : undefined;
  }

  get tokens(): readonly number[] {
    return this.#tokens;
  }

  append(token: number): void {
    const { context } = this.#writer.config;
    if (this.#tokens.length === context) {
      this.#tokens.splice(0, Math.ceil(context / 2));
      this.#cache?.clear();
    }
    this.#tokens.push(token);
  }

  /** Logits of the token after the last one: [vocab]. */
  async nextLogits(): Promise<Float32Array> {
    const { model, config, parameters } = this.#writer;
    const cache = this.#cache;
    const fresh = this.#tokens.slice(cache?.length ?? 0);
    const last = tidy(() => {
      const scope = passOver(config, parameters);
      const logits = model.forward(scope, config, ids(fresh, [1, fresh.length]), cache);
      const rows = reshape(logits, [fresh.length, axisOf(logits.shape, 2)]);
      return keep(slice(rows, fresh.length - 1, 1));
    });
    cache?.advance(fresh.length);
    const values = await read(last);
    dispose(last);
    return values;
  }

  dispose(): void {
    this.#cache?.dispose();
  }
}
