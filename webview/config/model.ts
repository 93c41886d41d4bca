/**
 * @file The schema of a model: with GPT-2's values it is exactly GPT-2. Every rung of the ladder is
 * a value here.
 */
import { choice, flag, integer, real } from './fields';
import * as z from './zod';

/** The most heads that a block may have. */
export const mostHeads = 64;

/** The most numbers that may describe a token. */
export const widest = 4096;

export const modelSchema = z.object(
  {
    family: choice('Family', 'Which transformer of the literature this is.', {
      decoder: 'Decoder-only (GPT)',
    }),
    layers: integer({
      label: 'Layers',
      help: 'How many blocks are stacked. With 0 there is no attention: a token, with its place where positions are on, predicts the next by itself.',
      min: 0,
      max: 48,
    }),
    dModel: integer({
      label: 'Width (d_model)',
      help: 'How many numbers describe a token as it travels through the blocks. Heads must divide it.',
      min: 2,
      max: widest,
      step: 8,
    }),
    heads: integer({
      label: 'Heads',
      help: 'How many attention patterns each block computes side by side, each on d_model / heads numbers.',
      min: 1,
      max: mostHeads,
    }),
    mlpExpansion: real({
      label: 'MLP expansion',
      help: 'How many times wider than d_model the hidden layer of the MLP is. GPT-2 uses 4.',
      min: 0.25,
      max: 16,
      step: 1,
    }),
    context: integer({
      label: 'Context',
      help: 'How many tokens the model sees at once. Attention costs time and memory with its square.',
      min: 2,
      max: 4096,
      step: 8,
    }),
    positions: choice('Positions', 'How the model knows where in the text a token stands.', {
      learned: 'Learned',
      none: 'None',
    }),
    attention: choice(
      'Attention weights',
      'Learned: each token chooses whom to look at. Uniform: it averages all it may see.',
      { learned: 'Learned', uniform: 'Uniform average' },
    ),
    mask: choice(
      'Mask',
      'Causal: a token sees only itself and what came before. None lets it see the answer it should predict.',
      { causal: 'Causal', none: 'None (leaks the future)' },
    ),
    mlp: choice('MLP', 'The part of a block that works on each token by itself.', {
      gelu: 'GELU',
      none: 'None',
    }),
    residual: flag(
      'Residual connections',
      'A block adds to its input. Switched off, its output replaces the input.',
    ),
    bias: flag('Biases', 'Whether projections and norms add a learned constant, as GPT-2 does.'),
    tied: flag(
      'Tied output',
      'The output uses the token embedding again, transposed: fewer parameters, as GPT-2 does.',
    ),
    dropout: real({
      label: 'Dropout',
      help: 'The share of activations set to zero at random in training. Tiny models on short runs need none.',
      min: 0,
      max: 0.9,
      step: 0.05,
    }),
    normEpsilon: real({
      label: 'Norm ε',
      help: 'Added to the variance before its square root, so that a constant vector does not divide by zero.',
      min: 1e-12,
      max: 1e-2,
    }),
    initialization: choice(
      'Initialization',
      'Scaled: matrices start at 1/√fan-in. GPT-2: at 0.02, which suits large models and leaves the attention of tiny ones almost blind at first. Either way, those that write to the residual stream are divided by √(2 · layers).',
      { scaled: 'Scaled (1/√fan-in)', gpt2: 'GPT-2 (0.02)' },
    ),
  },
  { error: 'Model must be an object' },
);

/** A model's configuration, without the vocabulary that the text decides. */
export type ModelConfig = z.infer<typeof modelSchema>;

/** A model's configuration with the size of its vocabulary: all that is needed to build it. */
export type ModelShape = ModelConfig & { readonly vocabulary: number };

/** Width of one head: d_model / heads. */
export function headWidth(model: ModelConfig): number {
  return model.dModel / model.heads;
}

/** Width of the MLP's hidden layer, rounded to a whole number. */
export function mlpWidth(model: ModelConfig): number {
  return Math.round(model.dModel * model.mlpExpansion);
}
