/** @file How far a step goes: linear warm-up, then cosine decay (Loshchilov and Hutter, 2017). */
import type { TrainingConfig } from '../config/training';

/**
 * The learning rate of step `step` (the first is 0).
 *   warm-up: lr = peak · (step + 1) / warmupSteps
 *   after:   lr = final + (peak − final) · ½ (1 + cos(π · progress))
 */
export function learningRateAt(config: TrainingConfig, step: number): number {
  const { learningRate: peak, warmupSteps, steps } = config;
  if (step < warmupSteps) return (peak * (step + 1)) / warmupSteps;
  const final = peak * config.finalLearningRate;
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, steps - warmupSteps));
  return final + (peak - final) * 0.5 * (1 + Math.cos(Math.PI * progress));
}
