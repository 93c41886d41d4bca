/** @file Cross-entropy of logits against target ids, and its gradient, on the processor. */
import { exp } from './exp';
import { registerHostKernel, rowsAndColumns } from './memory';

function largestOf(x: Float32Array, start: number, end: number): number {
  let largest = -Infinity;
  for (let i = start; i < end; i++) largest = Math.max(largest, x[i] ?? 0);
  return largest;
}

/** losses[n] = ln Σ_v exp(logits[n, v]) − logits[n, targets[n]], in nats; 0 where the target is negative. */
export function crossEntropyForward(
  logits: Float32Array,
  targets: Int32Array,
  losses: Float32Array,
): void {
  const columns = logits.length / targets.length;
  for (let row = 0; row < targets.length; row++) {
    const target = targets[row] ?? -1;
    if (target < 0) {
      losses[row] = 0;
      continue;
    }
    const start = row * columns;
    const largest = largestOf(logits, start, start + columns);
    let sum = 0;
    for (let i = start; i < start + columns; i++) sum += exp((logits[i] ?? 0) - largest);
    losses[row] = Math.log(sum) + largest - (logits[start + target] ?? NaN);
  }
}

/** dlogits[n, v] = dy[n]·(softmax(logits)[n, v] − [v = targets[n]]); 0 where the target is negative. */
export function crossEntropyBackward(
  logits: Float32Array,
  targets: Int32Array,
  dy: Float32Array,
  dLogits: Float32Array,
): void {
  const columns = logits.length / targets.length;
  for (let row = 0; row < targets.length; row++) {
    const target = targets[row] ?? -1;
    const start = row * columns;
    const end = start + columns;
    if (target < 0) {
      dLogits.fill(0, start, end);
      continue;
    }
    const largest = largestOf(logits, start, end);
    let sum = 0;
    for (let i = start; i < end; i++) {
      const e = exp((logits[i] ?? 0) - largest);
      dLogits[i] = e;
      sum += e;
    }
    const gradient = dy[row] ?? 0;
    const scale = gradient / sum;
    for (let i = start; i < end; i++) dLogits[i] = (dLogits[i] ?? 0) * scale;
    dLogits[start + target] = (dLogits[start + target] ?? 0) - gradient;
  }
}

export function registerHostCrossEntropy(): void {
  registerHostKernel<'logits' | 'targets'>(
    'CrossEntropyForward',
    ({ logits, targets }, _, memory) => {
      const [rows] = rowsAndColumns(logits);
      const losses = memory.allocate([rows]);
      crossEntropyForward(memory.floats(logits), memory.integers(targets), memory.floats(losses));
      return losses;
    },
  );
  registerHostKernel<'logits' | 'targets' | 'dy'>(
    'CrossEntropyBackward',
    ({ logits, targets, dy }, _, memory) => {
      const dLogits = memory.allocate(logits.shape);
      crossEntropyBackward(
        memory.floats(logits),
        memory.integers(targets),
        memory.floats(dy),
        memory.floats(dLogits),
      );
      return dLogits;
    },
  );
}
