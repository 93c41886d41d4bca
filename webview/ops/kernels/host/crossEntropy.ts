/** @file Cross-entropy of logits against target ids, and its gradient, on the processor. */
import { registerHostKernel, rowsAndColumns } from './memory';

/**
 * losses[n] = ln Σ_v exp(logits[n, v]) − logits[n, targets[n]], in nats; 0 where the target is
 * negative. With the row's largest logit at j, the sum's logarithm is logits[n, j] − ln p[n, j]:
 * p[n, j] ≥ 1/V, so nothing is lost even where the target's own probability underflows.
 */
function crossEntropyForward(
  logits: Float32Array,
  probabilities: Float32Array,
  targets: Int32Array,
  losses: Float32Array,
): void {
  const columns = logits.length / targets.length;
  for (let row = 0; row < targets.length; row++) {
    const target = targets[row] ?? -1;
    const start = row * columns;
    let largest = start;
    for (let i = start + 1; i < start + columns; i++) {
      if ((logits[i] ?? NaN) > (logits[largest] ?? NaN)) largest = i;
    }
    const logSum = (logits[largest] ?? NaN) - Math.log(probabilities[largest] ?? NaN);
    losses[row] = target < 0 ? 0 : logSum - (logits[start + target] ?? NaN);
  }
}

/**
 * dlogits[n, v] = dy[n]·(p[n, v] − [v = targets[n]]), 0 where the target is negative; dlogits holds
 * p.
 */
function crossEntropyBackward(dLogits: Float32Array, targets: Int32Array, dy: Float32Array): void {
  const columns = dLogits.length / targets.length;
  for (let row = 0; row < targets.length; row++) {
    const target = targets[row] ?? -1;
    const start = row * columns;
    const end = start + columns;
    if (target < 0) {
      dLogits.fill(0, start, end);
      continue;
    }
    const gradient = dy[row] ?? 0;
    for (let i = start; i < end; i++) dLogits[i] = (dLogits[i] ?? 0) * gradient;
    dLogits[start + target] = (dLogits[start + target] ?? 0) - gradient;
  }
}

export function registerHostCrossEntropy(): void {
  registerHostKernel<'logits' | 'targets'>(
    'CrossEntropyForward',
    ({ logits, targets }, _, memory) => {
      const [rows] = rowsAndColumns(logits);
      const losses = memory.allocate([rows]);
      const probabilities = memory.softmax(logits);
      crossEntropyForward(
        memory.floats(logits),
        memory.floats(probabilities),
        memory.integers(targets),
        memory.floats(losses),
      );
      memory.release(probabilities);
      return losses;
    },
  );
  registerHostKernel<'logits' | 'targets' | 'dy'>(
    'CrossEntropyBackward',
    ({ logits, targets, dy }, _, memory) => {
      const dLogits = memory.softmax(logits);
      crossEntropyBackward(memory.floats(dLogits), memory.integers(targets), memory.floats(dy));
      return dLogits;
    },
  );
}
