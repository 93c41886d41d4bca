/**
 * @file Our trace paths beside the hook names of TransformerLens, for readers who know the one and
 * look for the other. With the same weights (`from_pretrained_no_processing`) the values are the
 * same, but for three things: its scores are masked already, with −∞, where ours still tell what a
 * token would see; its queries, keys, values and z have their axes in another order (batch,
 * position, head, dHead); and it repeats the position embedding for each text of the batch.
 *
 * Its `hook_normalized` is what leaves the norm, gain and bias included: our `output`. Where it
 * folds gain and bias into the next matrix, as `from_pretrained` does, that is our `normalized`.
 */
import type { TracePath } from './scope';

const hooks: Readonly<Record<string, string>> = {
  tokenEmbedding: 'hook_embed',
  positionEmbedding: 'hook_pos_embed',
  'finalNorm.output': 'ln_final.hook_normalized',
};

const hooksOfBlock: Readonly<Record<string, string>> = {
  residualBefore: 'hook_resid_pre',
  residualMiddle: 'hook_resid_mid',
  residualAfter: 'hook_resid_post',
  'attentionNorm.output': 'ln1.hook_normalized',
  'mlpNorm.output': 'ln2.hook_normalized',
  'selfAttention.queries': 'attn.hook_q',
  'selfAttention.keys': 'attn.hook_k',
  'selfAttention.values': 'attn.hook_v',
  'selfAttention.scores': 'attn.hook_attn_scores',
  'selfAttention.pattern': 'attn.hook_pattern',
  'selfAttention.weightedValues': 'attn.hook_z',
  'selfAttention.output': 'hook_attn_out',
  'mlp.preActivation': 'mlp.hook_pre',
  'mlp.postActivation': 'mlp.hook_post',
  'mlp.output': 'hook_mlp_out',
};

/** TransformerLens's name of the value at a path, or undefined for one that it has no hook for. */
export function transformerLensName(path: TracePath): string | undefined {
  const inBlock = /^decoder\.(\d+)\.(.+)$/.exec(path);
  if (!inBlock) return hooks[path];
  const [, layer = '', value = ''] = inBlock;
  const hook = hooksOfBlock[value];
  return hook && `blocks.${layer}.${hook}`;
}
