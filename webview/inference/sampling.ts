/**
 * @file From logits to one token: temperature, top-k, top-p, and a draw. Plain numbers, no tensors.
 */
import type { SamplingConfig } from '../config/sampling';

/** A token that may be drawn. */
export interface Candidate {
  readonly token: number;
  /** After temperature and filters; the candidates' probabilities sum to one. */
  readonly probability: number;
}

/**
 * softmax(logits / temperature); the largest logit is taken out first, so that nothing overflows.
 */
export function probabilities(logits: Float32Array, temperature = 1): Float64Array {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  const shares = new Float64Array(logits);
  let sum = 0;
  // Written out: a vocabulary may hold 100,000 tokens, and this runs for every token that is
  // written.
  for (let token = 0; token < shares.length; token++) {
    const share = Math.exp(((shares[token] ?? NaN) - largest) / temperature);
    shares[token] = share;
    sum += share;
  }
  return shares.map((share) => share / sum);
}

/** The likeliest token; the first of several equally likely ones. */
export function likeliest(logits: Float32Array): number {
  let best = 0;
  logits.forEach((logit, token) => {
    if (logit > (logits[best] ?? -Infinity)) best = token;
  });
  return best;
}

/**
 * The tokens that may be drawn: by id, or likeliest first where a filter had to sort them. Top-k
 * keeps the k likeliest; top-p (Holtzman et al., 2020) keeps the fewest whose probabilities reach
 * p, the one that crosses p included. Temperature 0 keeps the likeliest alone.
 */
export function candidates(logits: Float32Array, sampling: SamplingConfig): Candidate[] {
  const { temperature, topK, topP } = sampling;
  if (temperature === 0) return [{ token: likeliest(logits), probability: 1 }];
  const shares = probabilities(logits, temperature);
  // A share that underflowed to 0 must not be drawn, not even by the last rounding error.
  const possible: number[] = [];
  for (let token = 0; token < shares.length; token++) if (shares[token] !== 0) possible.push(token);
  const kept = topK > 0 || topP < 1 ? filtered(possible, shares, sampling) : possible;
  const sum = kept.reduce((total, token) => total + (shares[token] ?? 0), 0);
  return kept.map((token) => ({ token, probability: (shares[token] ?? 0) / sum }));
}

function filtered(
  tokens: readonly number[],
  shares: Float64Array,
  { topK, topP }: SamplingConfig,
): readonly number[] {
  const order = tokens.toSorted((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);
  const allowed = topK > 0 ? order.slice(0, topK) : order;
  return topP < 1 ? nucleus(allowed, shares, topP) : allowed;
}

/** The first tokens whose shares, of what is still allowed, reach `topP`. */
function nucleus(order: readonly number[], shares: Float64Array, topP: number): number[] {
  const whole = order.reduce((total, token) => total + (shares[token] ?? 0), 0);
  let reached = 0;
  const kept: number[] = [];
  for (const token of order) {
    kept.push(token);
    reached += (shares[token] ?? 0) / whole;
    if (reached >= topP) break;
  }
  return kept;
}

/** The token on which `draw`, uniform in [0, 1), falls. */
export function pick(from: readonly Candidate[], draw: number): number {
  let reached = 0;
  for (const { token, probability } of from) {
    reached += probability;
    if (draw < reached) return token;
  }
  return from.at(-1)?.token ?? 0;
}
