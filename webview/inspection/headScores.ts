/**
 * @file What a head does, told from where it looks on tokens that repeat. Plain numbers, no
 * tensors.
 */
import type { HeadRole, RoleScores } from '../protocol/attentionMaps';

/** A role is named above this score, */
const leastScore = 0.4;
/** where it is also so many times what attention spread evenly would score. */
const timesEven = 3;
/** “Uniform” is named above this one: a fifth of the weight may lie elsewhere. */
const leastUniform = 0.8;

/** The patterns of one head on the diagnostic batch. */
export interface DiagnosedPatterns {
  /** One a row of the batch, [query × key]. */
  readonly patterns: readonly Float32Array[];
  /** Tokens until a row begins again; each row has twice as many. */
  readonly period: number;
  /** Whether a token sees none of those after it. */
  readonly causal: boolean;
}

/**
 * Means over all rows and over queries t, but the first, which under a causal mask has no choice:
 *   previous token   pattern[t, t−1]
 *   first token      pattern[t, 0]
 *   same token       pattern[t, t], and pattern[t, t−period] where the token stood before
 *   induction        pattern[t, t−period+1] in the second half: what came after this token before
 *   uniform          Σ min(pattern[t, k], 1/n) over the n visible tokens: the share of the weight
 *                    that lies as even attention would lay it (1 − total variation from evenness)
 */
export function scoresOf({ patterns, period, causal }: DiagnosedPatterns): RoleScores {
  const length = 2 * period;
  const previous = new Mean();
  const first = new Mean();
  const same = new Mean();
  const induction = new Mean();
  const uniform = new Mean();
  for (const pattern of patterns) {
    const at = (query: number, key: number): number => pattern[query * length + key] ?? NaN;
    for (let query = 1; query < length; query++) {
      previous.add(at(query, query - 1));
      first.add(at(query, 0));
      const before = query - period;
      same.add(at(query, query) + (before >= 0 ? at(query, before) : 0));
      if (before >= 0) induction.add(at(query, before + 1));
      const visible = causal ? query + 1 : length;
      let even = 0;
      for (let key = 0; key < visible; key++) even += Math.min(at(query, key), 1 / visible);
      uniform.add(even);
    }
  }
  return {
    'previous-token': previous.value,
    'first-token': first.value,
    'same-token': same.value,
    induction: induction.value,
    uniform: uniform.value,
  };
}

/** What attention scores that is spread evenly over all visible tokens. */
export function evenScores(period: number, causal: boolean): RoleScores {
  const length = 2 * period;
  const pattern = new Float32Array(length ** 2);
  for (let query = 0; query < length; query++) {
    const visible = causal ? query + 1 : length;
    pattern.fill(1 / visible, query * length, query * length + visible);
  }
  return scoresOf({ patterns: [pattern], period, causal });
}

const roles = ['previous-token', 'first-token', 'same-token', 'induction'] as const;

/**
 * The role that a head plays most clearly. `even` is what attention spread evenly would score: on
 * few tokens nothing stands out from it.
 */
export function nameRole(scores: RoleScores, even: RoleScores): HeadRole {
  const clear = roles.filter(
    (role) => scores[role] > leastScore && scores[role] > timesEven * even[role],
  );
  const [best] = clear.toSorted((a, b) => scores[b] - scores[a]);
  if (best !== undefined) return best;
  return scores.uniform > leastUniform ? 'uniform' : 'mixed';
}

/** The mean of what is added to it. */
class Mean {
  #sum = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#count += 1;
  }

  get value(): number {
    return this.#sum / this.#count;
  }
}
