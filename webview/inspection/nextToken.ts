/**
 * @file What becomes of the distribution of the next token on its way to a draw: each filter put on
 * after the one before, exactly as sampling does it. Plain numbers.
 */
import type { SamplingConfig } from '../config/sampling';
import { candidates, type Candidate } from '../inference/sampling';
import { filterStages, type FilterStage, type NextToken } from '../protocol/writing';
import type { Tokenizer } from '../tokenizers/tokenizer';
import { likeliestOf } from './likeliest';

/** The stages of [vocab] logits, and the `top` likeliest tokens of the model at each. */
export function nextTokenStages(
  logits: Float32Array,
  sampling: SamplingConfig,
  top: number,
  tokenizer: Pick<Tokenizer, 'labelOf'>,
): Pick<NextToken, 'vocabulary' | 'stages' | 'tokens'> {
  const drawn = filterStages.map((stage) => candidates(logits, upTo(stage, sampling)));
  const shares = drawn.map((kept) => sharesOf(kept, logits.length));
  return {
    vocabulary: logits.length,
    stages: filterStages.map((stage, index) => {
      const kept = drawn[index] ?? [];
      return { stage, kept: kept.length, entropy: entropyOf(kept) };
    }),
    tokens: likeliestOf(shares[0] ?? [], top).map((id) => ({
      id,
      label: tokenizer.labelOf(id),
      probabilities: shares.map((each) => each[id] ?? 0),
    })),
  };
}

/** The sampling with every filter after a stage switched off. */
function upTo(stage: FilterStage, sampling: SamplingConfig): SamplingConfig {
  switch (stage) {
    case 'model':
      return { ...sampling, temperature: 1, topK: 0, topP: 1 };
    case 'temperature':
      return { ...sampling, topK: 0, topP: 1 };
    case 'top-k':
      return { ...sampling, topP: 1 };
    case 'top-p':
      return sampling;
    default:
      return stage satisfies never;
  }
}

/** [vocab]: 0 for a token that is not drawn. */
function sharesOf(kept: readonly Candidate[], vocabulary: number): Float64Array {
  const shares = new Float64Array(vocabulary);
  for (const { token, probability } of kept) shares[token] = probability;
  return shares;
}

/** −Σ p ln p, in nats. */
function entropyOf(kept: readonly Candidate[]): number {
  return kept.reduce(
    (sum, { probability }) => (probability > 0 ? sum - probability * Math.log(probability) : sum),
    0,
  );
}
