/** @file The schema of a training run: batches, optimizer, schedule, evaluation. */
import { integer, real } from './fields';
import * as z from './zod';

export const trainingSchema = z.object(
  {
    steps: integer({
      label: 'Steps',
      help: 'How many times the weights are updated.',
      min: 1,
      max: 1_000_000,
      step: 100,
    }),
    batchSize: integer({
      label: 'Batch size',
      help: 'How many windows of text each step learns from.',
      min: 1,
      max: 1024,
    }),
    learningRate: real({
      label: 'Learning rate',
      help: 'How far each step moves the weights, at its peak.',
      min: 0,
      max: 1,
      step: 0.0005,
    }),
    finalLearningRate: real({
      label: 'Final learning rate',
      help: 'Where the cosine decay ends, as a share of the peak.',
      min: 0,
      max: 1,
      step: 0.05,
    }),
    warmupSteps: integer({
      label: 'Warm-up steps',
      help: 'Steps in which the learning rate rises from zero to its peak, while Adam’s averages settle.',
      min: 0,
      max: 100_000,
    }),
    weightDecay: real({
      label: 'Weight decay',
      help: 'How strongly matrices are pulled towards zero (AdamW). Biases and norms are left alone.',
      min: 0,
      max: 1,
      step: 0.01,
    }),
    beta1: real({
      label: 'Adam β₁',
      help: 'How slowly the running mean of the gradient forgets.',
      min: 0,
      max: 0.9999,
    }),
    beta2: real({
      label: 'Adam β₂',
      help: 'How slowly the running mean of the squared gradient forgets.',
      min: 0,
      max: 0.999999,
    }),
    epsilon: real({
      label: 'Adam ε',
      help: 'Added to the square root in Adam’s denominator.',
      min: 1e-12,
      max: 1e-2,
    }),
    clipNorm: real({
      label: 'Gradient clipping',
      help: 'The longest gradient a step may take; a longer one is shortened. 0 switches it off.',
      min: 0,
      max: 1000,
      step: 0.5,
    }),
    evaluateEvery: integer({
      label: 'Evaluate every',
      help: 'Steps between two looks at text the model never trained on.',
      min: 1,
      max: 100_000,
    }),
    evaluationBatches: integer({
      label: 'Evaluation batches',
      help: 'How many fixed batches of the validation part are averaged.',
      min: 1,
      max: 1000,
    }),
    sampleEvery: integer({
      label: 'Sample every',
      help: 'Steps between two samples of what the model writes.',
      min: 1,
      max: 100_000,
    }),
    sampleLength: integer({
      label: 'Sample length',
      help: 'Tokens in a sample.',
      min: 1,
      max: 4096,
    }),
    seed: integer({
      label: 'Seed',
      help: 'One seed gives one run: initialization, batches, dropout and samples follow from it.',
      min: 0,
      max: 2 ** 31 - 1,
    }),
  },
  { error: 'Training must be an object' },
);

export type TrainingConfig = z.infer<typeof trainingSchema>;
