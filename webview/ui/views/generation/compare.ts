/**
 * @file The same text written with and without the KV cache, and how long each took. Knows no
 * endpoint.
 */
import { formatCount, formatTokens } from '../../../config/counts';
import { PlaygroundError, type Failure } from '../../../config/errors';
import type { SamplingConfig } from '../../../config/sampling';
import type { GenerateResult } from '../../../protocol/engineApi';

export interface Timing {
  readonly tokens: number;
  readonly seconds: number;
}

export type Comparison =
  | { readonly phase: 'running'; readonly activity: string }
  | {
      readonly phase: 'done';
      readonly cached: Timing;
      readonly uncached: Timing;
      /** The texts are equal, token by token as far as text tells. */
      readonly equal: boolean;
      /** Of the weights that wrote each: with the cache, without. */
      readonly steps: readonly [number, number];
    }
  | { readonly phase: 'stopped' }
  | { readonly phase: 'failed'; readonly failure: Failure };

/** Tokens that are written first and not timed: what runs for the first time is compiled then. */
const warmUpTokens = 4;

/**
 * Writes twice, after a few words to warm up; `tell` says what is being done.
 * @throws PlaygroundError where the model can keep nothing
 */
export async function compareCaches(
  sampling: SamplingConfig,
  write: (sampling: SamplingConfig) => Promise<GenerateResult>,
  tell: (activity: string) => void,
): Promise<Extract<Comparison, { phase: 'done' }>> {
  tell('Warming up …');
  for (const cache of [true, false]) {
    const maxTokens = Math.min(warmUpTokens, sampling.maxTokens);
    const warm = await write({ ...sampling, cache, maxTokens });
    if (cache && !warm.cached) throw nothingToKeep();
  }
  tell('Writing with the cache …');
  const cached = await write({ ...sampling, cache: true });
  tell('Writing without the cache …');
  const uncached = await write({ ...sampling, cache: false });
  return {
    phase: 'done',
    cached: timingOf(cached),
    uncached: timingOf(uncached),
    equal: cached.text === uncached.text && cached.tokens === uncached.tokens,
    steps: [cached.step, uncached.step],
  };
}

function nothingToKeep(): PlaygroundError {
  return new PlaygroundError({
    code: 'no-cache',
    message: 'This model has no causal mask: keys and values change with every token that follows.',
    remedy: 'Train a model with the causal mask to compare the two.',
  });
}

function timingOf({ tokens, tokensPerSecond }: GenerateResult): Timing {
  return { tokens, seconds: tokens / tokensPerSecond };
}

/** What a comparison says: times, their ratio, and whether the texts are the same. */
export function compared({
  cached,
  uncached,
  equal,
  steps,
}: Extract<Comparison, { phase: 'done' }>): string {
  const [withCache, without] = steps;
  const speeds = `${formatTokens(cached.tokens)} took ${formatSeconds(cached.seconds)} with the cache and ${formatSeconds(uncached.seconds)} without it: ${ratio(cached, uncached)}.`;
  if (equal) return `${speeds} Both texts are the same.`;
  return withCache === without
    ? `${speeds} The texts differ: rounding led to another draw.`
    : `${speeds} The texts differ: training went from step ${formatCount(withCache)} to ${formatCount(without)} between them. Pause it to compare equal texts.`;
}

/** Of the time that one token takes: the texts may have ended at different lengths. */
function ratio(cached: Timing, uncached: Timing): string {
  const times = uncached.seconds / uncached.tokens / (cached.seconds / cached.tokens);
  if (!Number.isFinite(times)) return 'too little to be compared';
  return times >= 1
    ? `${times.toFixed(1)} times as fast with it`
    : `${(1 / times).toFixed(1)} times as fast without it`;
}

/** `3 ms`, `1.20 s`. */
export function formatSeconds(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`;
}
