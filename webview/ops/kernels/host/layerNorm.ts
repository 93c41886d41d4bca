/**
 * @file Layer normalization and its gradient on the processor. Knows no graph and no gradient tape.
 */
import { registerHostKernel, rowsAndColumns } from './memory';

/** Mean and 1/√(variance + ε) of one row. */
function rowStatistics(
  x: Float32Array,
  start: number,
  columns: number,
  epsilon: number,
): [mean: number, scale: number] {
  let sum = 0;
  for (let c = 0; c < columns; c++) sum += x[start + c] ?? 0;
  const mean = sum / columns;
  let squares = 0;
  for (let c = 0; c < columns; c++) {
    const centred = (x[start + c] ?? 0) - mean;
    squares += centred * centred;
  }
  return [mean, 1 / Math.sqrt(squares / columns + epsilon)];
}

/**
 * y[n, d] = gain[d]·x̂[n, d] + bias[d], x̂ = (x − mean)/√(variance + ε) over each row (Ba et al.,
 * 2016).
 */
export function layerNormForward(
  x: Float32Array,
  gain: Float32Array,
  bias: Float32Array,
  epsilon: number,
  y: Float32Array,
): void {
  const columns = gain.length;
  for (let start = 0; start < x.length; start += columns) {
    const [mean, scale] = rowStatistics(x, start, columns, epsilon);
    for (let c = 0; c < columns; c++) {
      y[start + c] = ((x[start + c] ?? 0) - mean) * scale * (gain[c] ?? 0) + (bias[c] ?? 0);
    }
  }
}

/** Where the gradients of layer normalization go. */
export interface LayerNormGradients {
  readonly dx: Float32Array;
  readonly dGain: Float32Array;
  readonly dBias: Float32Array;
}

/**
 * With g = dy·gain: dx = (g − mean(g) − x̂·mean(g·x̂))/√(variance + ε) over each row;
 * dgain = Σ dy·x̂ and dbias = Σ dy over the rows, summed in double.
 */
export function layerNormBackward(
  x: Float32Array,
  gain: Float32Array,
  dy: Float32Array,
  epsilon: number,
  { dx, dGain, dBias }: LayerNormGradients,
): void {
  const columns = gain.length;
  const gainSums = new Float64Array(columns);
  const biasSums = new Float64Array(columns);
  for (let start = 0; start < x.length; start += columns) {
    const [mean, scale] = rowStatistics(x, start, columns, epsilon);
    let sum = 0;
    let product = 0;
    for (let c = 0; c < columns; c++) {
      const normalized = ((x[start + c] ?? 0) - mean) * scale;
      const gradient = dy[start + c] ?? 0;
      const g = gradient * (gain[c] ?? 0);
      sum += g;
      product += g * normalized;
      gainSums[c] = (gainSums[c] ?? 0) + gradient * normalized;
      biasSums[c] = (biasSums[c] ?? 0) + gradient;
    }
    const meanG = sum / columns;
    const meanProduct = product / columns;
    for (let c = 0; c < columns; c++) {
      const normalized = ((x[start + c] ?? 0) - mean) * scale;
      const g = (dy[start + c] ?? 0) * (gain[c] ?? 0);
      dx[start + c] = scale * (g - meanG - normalized * meanProduct);
    }
  }
  dGain.set(gainSums);
  dBias.set(biasSums);
}

export function registerHostLayerNorm(): void {
  registerHostKernel<'x' | 'gain' | 'bias', { epsilon: number }>(
    'LayerNormForward',
    ({ x, gain, bias }, { epsilon }, memory) => {
      const y = memory.allocate(x.shape);
      layerNormForward(
        memory.floats(x),
        memory.floats(gain),
        memory.floats(bias),
        epsilon,
        memory.floats(y),
      );
      return y;
    },
  );
  registerHostKernel<'x' | 'gain' | 'dy', { epsilon: number }>(
    'LayerNormBackward',
    ({ x, gain, dy }, { epsilon }, memory) => {
      const [, columns] = rowsAndColumns(x);
      const dx = memory.allocate(x.shape);
      const dGain = memory.allocate([columns]);
      const dBias = memory.allocate([columns]);
      layerNormBackward(memory.floats(x), memory.floats(gain), memory.floats(dy), epsilon, {
        dx: memory.floats(dx),
        dGain: memory.floats(dGain),
        dBias: memory.floats(dBias),
      });
      return [dx, dGain, dBias];
    },
  );
}
