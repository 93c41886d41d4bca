/**
 * @file The named configurations a learner starts from: the default, a text of one's own, and the
 * rungs of the ladder.
 */
import type { ModelConfig } from './model';
import type { RunConfig } from './run';
import { configVersion } from './run';
import type { SamplingConfig } from './sampling';
import type { TrainingConfig } from './training';

/** A configuration with a name and what it shows. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  /** What the learner sees when it trains. */
  readonly shows: string;
  readonly config: RunConfig;
}

const tinyModel: ModelConfig = {
  family: 'decoder',
  layers: 2,
  dModel: 64,
  heads: 4,
  mlpExpansion: 4,
  context: 96,
  positions: 'learned',
  attention: 'learned',
  mask: 'causal',
  mlp: 'gelu',
  residual: true,
  bias: true,
  tied: true,
  dropout: 0,
  normEpsilon: 1e-5,
  initialization: 'scaled',
};

/**
 * Windows that hold most of a story, which has 125 characters on average, so that what is asked at
 * its end can be answered from its beginning: 3 windows of 96 end within five minutes 0.12 nats
 * above the floor, 4 of 64 ended 0.17 above. 2 of 128 end as low, but write whole words later,
 * since their gradients are noisier. Larger batches learn slower at equal tokens. A learning rate
 * of 0.003 writes whole words earlier than 0.004, and ends as low.
 */
const tinyTraining: TrainingConfig = {
  steps: 8000,
  batchSize: 3,
  learningRate: 0.003,
  finalLearningRate: 0.1,
  warmupSteps: 100,
  weightDecay: 0.1,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
  clipNorm: 1,
  evaluateEvery: 250,
  evaluationBatches: 32,
  sampleEvery: 250,
  sampleLength: 240,
  seed: 1337,
};

function preset(
  id: string,
  label: string,
  shows: string,
  model: Partial<ModelConfig> = {},
  training: Partial<TrainingConfig> = {},
): Preset {
  return {
    id,
    label,
    shows,
    config: {
      version: configVersion,
      name: label,
      preset: id,
      model: { ...tinyModel, ...model },
      data: { source: 'stories', tokenizer: 'characters', vocabulary: 'used' },
      training: { ...tinyTraining, ...training },
    },
  };
}

/** The default: what Train Tiny Model trains. */
export const defaultPreset = preset(
  'tiny',
  'Tiny GPT',
  'A whole GPT, small enough to learn to write short stories while you watch.',
);

/**
 * Every preset, in the order of the list: the default, the rungs from counting upwards, then what
 * goes wrong.
 */
export const presets: readonly Preset[] = [
  defaultPreset,
  preset(
    'bigram',
    'No layers: a neural bigram',
    'Embedding and output alone: the loss settles on the bigram line, since the model sees one token.',
    // A table of tokens by tokens, no more; judged on the whole validation part, as the line is.
    { layers: 0, positions: 'none', tied: false },
    { evaluationBatches: 500 },
  ),
  preset(
    'uniform',
    'Uniform attention',
    'Every token takes equal shares of all it may see: it cannot choose whom to look at.',
    { attention: 'uniform' },
  ),
  preset(
    'no-positions',
    'No positions',
    'Attention without positions: the causal mask alone lets it infer some order.',
    { positions: 'none' },
  ),
  preset('no-mlp', 'No MLP', 'Attention alone moves information but hardly works on it.', {
    mlp: 'none',
  }),
  preset(
    'no-residual',
    'No residual connections',
    'Each block replaces what came before instead of adding to it: the loss is still above the bigram line when the default has long passed it.',
    { residual: false },
  ),
  preset(
    'no-mask',
    'No mask: leaking the future',
    'The model sees the token it should predict: a loss far below the floor, and nonsense when it writes.',
    { mask: 'none' },
  ),
  preset(
    'gpt2-initialization',
    'GPT-2’s initialization',
    'Weights that start at 0.02 suit large models: at this size attention starts almost blind, and the loss falls behind.',
    { initialization: 'gpt2' },
  ),
];

/** The default configuration for a text of the user's own. */
export function configForText(name: string): RunConfig {
  return {
    version: configVersion,
    name,
    preset: 'text',
    model: { ...tinyModel, dModel: 96, layers: 3, context: 64 },
    data: { source: 'text', tokenizer: 'characters', vocabulary: 'used' },
    training: {
      ...tinyTraining,
      steps: 5000,
      batchSize: 8,
      learningRate: 0.003,
      evaluationBatches: 16,
    },
  };
}

/** How samples during training and the prompt's first text are drawn. */
export const defaultSampling: SamplingConfig = {
  temperature: 0.8,
  topK: 0,
  topP: 1,
  maxTokens: 240,
  seed: 1,
  stopAtEnd: false,
  cache: true,
};
