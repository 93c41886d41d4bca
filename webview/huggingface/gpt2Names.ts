/**
 * @file The names of GPT-2's tensors in Python's transformers, and ours. There, query, key and
 * value are columns of one matrix `c_attn`; here each has its own.
 */

/** Where one of our parameters lies in a Hugging Face tensor. */
export interface HuggingFaceSlot {
  readonly name: string;
  /** Which third of the last axis; absent where the tensor is ours alone. */
  readonly third?: 0 | 1 | 2;
}

const modules: Readonly<Record<string, HuggingFaceSlot>> = {
  'attentionNorm.gain': { name: 'ln_1.weight' },
  'attentionNorm.bias': { name: 'ln_1.bias' },
  'selfAttention.query.weight': { name: 'attn.c_attn.weight', third: 0 },
  'selfAttention.query.bias': { name: 'attn.c_attn.bias', third: 0 },
  'selfAttention.key.weight': { name: 'attn.c_attn.weight', third: 1 },
  'selfAttention.key.bias': { name: 'attn.c_attn.bias', third: 1 },
  'selfAttention.value.weight': { name: 'attn.c_attn.weight', third: 2 },
  'selfAttention.value.bias': { name: 'attn.c_attn.bias', third: 2 },
  'selfAttention.output.weight': { name: 'attn.c_proj.weight' },
  'selfAttention.output.bias': { name: 'attn.c_proj.bias' },
  'mlpNorm.gain': { name: 'ln_2.weight' },
  'mlpNorm.bias': { name: 'ln_2.bias' },
  'mlp.input.weight': { name: 'mlp.c_fc.weight' },
  'mlp.input.bias': { name: 'mlp.c_fc.bias' },
  'mlp.output.weight': { name: 'mlp.c_proj.weight' },
  'mlp.output.bias': { name: 'mlp.c_proj.bias' },
};

const outside: Readonly<Record<string, HuggingFaceSlot>> = {
  tokenTable: { name: 'transformer.wte.weight' },
  positionTable: { name: 'transformer.wpe.weight' },
  'finalNorm.gain': { name: 'transformer.ln_f.weight' },
  'finalNorm.bias': { name: 'transformer.ln_f.bias' },
  outputTable: { name: 'lm_head.weight' },
};

/**
 * The Hugging Face tensor that holds our parameter, or undefined for one that GPT-2 does not have.
 */
export function gpt2Slot(parameter: string): HuggingFaceSlot | undefined {
  const inBlock = /^decoder\.(\d+)\.(.+)$/.exec(parameter);
  if (!inBlock) return outside[parameter];
  const slot = modules[inBlock[2] ?? ''];
  return slot && { ...slot, name: `transformer.h.${inBlock[1] ?? ''}.${slot.name}` };
}
