/** @file The schema of how text is drawn from a model's logits. */
import { flag, integer, real } from './fields';
import * as z from './zod';

/** Generators of random numbers are seeded with 31 bits. */
export const largestSeed = 2 ** 31 - 1;

export const samplingSchema = z.object({
  temperature: real({
    label: 'Temperature',
    help: 'Divides the logits: below 1 the likely tokens gain, above 1 the unlikely ones. 0 always takes the likeliest.',
    min: 0,
    max: 10,
    step: 0.1,
  }),
  topK: integer({
    label: 'Top-k',
    help: 'Keeps only the k likeliest tokens. 0 keeps all.',
    min: 0,
    max: 100_000,
  }),
  topP: real({
    label: 'Top-p',
    help: 'Keeps the likeliest tokens whose probabilities reach this sum (nucleus sampling). 1 keeps all.',
    min: 0.01,
    max: 1,
    step: 0.05,
  }),
  maxTokens: integer({ label: 'Length', help: 'Most tokens to write.', min: 1, max: 100_000 }),
  seed: integer({
    label: 'Seed',
    help: 'The same seed draws the same text again.',
    min: 0,
    max: largestSeed,
  }),
  stopAtEnd: flag('Stop at the end', 'Stop when the model writes its end-of-text token.'),
  cache: flag(
    'KV cache',
    'Keep the keys and values of earlier tokens instead of computing them again.',
  ),
});

export type SamplingConfig = z.infer<typeof samplingSchema>;
