/**
 * @file GPT-2's `config.json` as Python's transformers writes it, and our configuration that means
 * the same.
 */
import { checkModel } from '../config/checkModel';
import { PlaygroundError } from '../config/errors';
import type { ModelShape } from '../config/model';
import * as z from '../config/zod';

interface Rejected {
  readonly input?: unknown;
}

/** What zod says of a field: what it must be, and what it is. */
function mustBe(what: string) {
  return {
    error: ({ input }: Rejected) =>
      input === undefined ? 'is missing' : `must be ${what}, not ${JSON.stringify(input)}`,
  };
}

function wholeNumber(least: number) {
  const error = mustBe(`a whole number of at least ${least}`);
  return z.int(error).check(z.gte(least, error));
}

const flag = z.optional(z.boolean(mustBe('true or false')));

/** The fields that decide the arithmetic; others are ignored. */
const gpt2ConfigSchema = z.looseObject({
  model_type: z.literal('gpt2', mustBe('“gpt2”')),
  vocab_size: wholeNumber(1),
  n_positions: wholeNumber(1),
  n_embd: wholeNumber(1),
  n_layer: wholeNumber(0),
  n_head: wholeNumber(1),
  n_inner: z.nullish(wholeNumber(1)),
  activation_function: z.optional(z.string(mustBe('a name'))),
  layer_norm_epsilon: z.optional(z.number(mustBe('a number'))),
  tie_word_embeddings: flag,
  scale_attn_weights: flag,
  scale_attn_by_inverse_layer_idx: flag,
});

/** The configuration of a GPT-2 folder; what this version cannot compute is refused by name. */
export function modelOfGpt2Config(json: unknown): ModelShape {
  const parsed = gpt2ConfigSchema.safeParse(json);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new PlaygroundError({
      code: 'gpt2-config-invalid',
      message: `config.json is not GPT-2’s: ${fields.join('; ')}.`,
      remedy: 'Write it as Python’s transformers does.',
    });
  }
  const config = parsed.data;
  const activation = config.activation_function ?? 'gelu_new';
  if (activation !== 'gelu_new') throw unsupported(`activation_function is “${activation}”.`);
  if (config.scale_attn_weights === false) throw unsupported('scale_attn_weights is false.');
  if (config.scale_attn_by_inverse_layer_idx === true) {
    throw unsupported('scale_attn_by_inverse_layer_idx is true.');
  }
  const model: ModelShape = {
    family: 'decoder',
    vocabulary: config.vocab_size,
    layers: config.n_layer,
    dModel: config.n_embd,
    heads: config.n_head,
    mlpExpansion: (config.n_inner ?? 4 * config.n_embd) / config.n_embd,
    context: config.n_positions,
    positions: 'learned',
    attention: 'learned',
    mask: 'causal',
    mlp: 'gelu',
    residual: true,
    bias: true,
    tied: config.tie_word_embeddings ?? true,
    dropout: 0,
    normEpsilon: config.layer_norm_epsilon ?? 1e-5,
    initialization: 'gpt2',
  };
  checkModel(model);
  return model;
}

function unsupported(what: string): PlaygroundError {
  return new PlaygroundError({
    code: 'gpt2-config-unsupported',
    message: what,
    remedy: 'Use a GPT-2 with gelu_new and 1/√d scaling.',
  });
}
