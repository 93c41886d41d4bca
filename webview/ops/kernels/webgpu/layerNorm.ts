/** @file Layer normalization and its gradient in WGSL: one invocation a row. */
import { rowsAndColumns } from '../host/memory';
import { chunkOf, launchColumnSum } from './columnSum';
import { registerGpuKernel } from './register';
import { shader } from './shader';

const statistics = `
// Mean and 1/√(variance + ε) of the row that starts at \`start\`.
fn statistics_of(start: u32) -> vec2<f32> {
  let d = f32(sizes.columns);
  var mean = 0.0;
  for (var c = 0u; c < sizes.columns; c++) { mean += x[start + c]; }
  mean /= d;
  var squares = 0.0;
  for (var c = 0u; c < sizes.columns; c++) {
    let centred = x[start + c] - mean;
    squares += centred * centred;
  }
  return vec2(mean, inverseSqrt(squares / d + sizes.epsilon));
}`;

const forward = shader({
  name: 'LayerNormForward',
  outputs: ['y'],
  inputs: ['x', 'gain', 'bias'],
  uniforms: ['rows', 'columns', 'epsilon: f32'],
  declarations: statistics,
  body: `
  if (index >= sizes.rows) { return; }
  let start = index * sizes.columns;
  let s = statistics_of(start);
  for (var c = 0u; c < sizes.columns; c++) {
    y[start + c] = (x[start + c] - s.x) * s.y * gain[c] + bias[c];
  }`,
});

/** dx of each row, and the row's statistics for the gradients of gain and bias. */
const backwardRows = shader({
  name: 'LayerNormBackwardRows',
  outputs: ['dx', 'rowStatistics'],
  inputs: ['x', 'gain', 'dy'],
  uniforms: ['rows', 'columns', 'epsilon: f32'],
  declarations: statistics,
  body: `
  if (index >= sizes.rows) { return; }
  let start = index * sizes.columns;
  let d = f32(sizes.columns);
  let s = statistics_of(start);
  var sum = 0.0;
  var product = 0.0;
  for (var c = 0u; c < sizes.columns; c++) {
    let g = dy[start + c] * gain[c];
    sum += g;
    product += g * (x[start + c] - s.x) * s.y;
  }
  for (var c = 0u; c < sizes.columns; c++) {
    let g = dy[start + c] * gain[c];
    let normalized = (x[start + c] - s.x) * s.y;
    dx[start + c] = s.y * (g - sum / d - normalized * product / d);
  }
  rowStatistics[2u * index] = s.x;
  rowStatistics[2u * index + 1u] = s.y;`,
});

/** Sums of dy·x̂ and of dy over \`chunk\` rows of one column. */
const backwardColumns = shader({
  name: 'LayerNormBackwardColumns',
  outputs: ['dGain', 'dBias'],
  inputs: ['x', 'rowStatistics', 'dy'],
  uniforms: ['rows', 'columns', 'chunk'],
  body: `
  let column = index % sizes.columns;
  let first = index / sizes.columns * sizes.chunk;
  if (first >= sizes.rows) { return; }
  var gainSum = 0.0;
  var biasSum = 0.0;
  for (var row = first; row < min(first + sizes.chunk, sizes.rows); row++) {
    let at = row * sizes.columns + column;
    gainSum += dy[at] * (x[at] - rowStatistics[2u * row]) * rowStatistics[2u * row + 1u];
    biasSum += dy[at];
  }
  dGain[index] = gainSum;
  dBias[index] = biasSum;`,
});

export function registerGpuLayerNorm(): void {
  registerGpuKernel<'x' | 'gain' | 'bias', { epsilon: number }>(
    'LayerNormForward',
    ({ x, gain, bias }, { epsilon }, memory) => {
      const [rows, columns] = rowsAndColumns(x);
      const y = memory.allocate(x.shape);
      memory.launch(forward, [y], [x, gain, bias], [rows, columns, epsilon], rows);
      return y;
    },
  );
  registerGpuKernel<'x' | 'gain' | 'dy', { epsilon: number }>(
    'LayerNormBackward',
    ({ x, gain, dy }, { epsilon }, memory) => {
      const [rows, columns] = rowsAndColumns(x);
      const dx = memory.allocate(x.shape);
      const rowStatistics = memory.allocate([rows, 2]);
      const sizes = [rows, columns, epsilon];
      memory.launch(backwardRows, [dx, rowStatistics], [x, gain, dy], sizes, rows);
      const chunk = chunkOf(rows);
      const chunks = Math.ceil(rows / chunk);
      const partials = [memory.allocate([chunks, columns]), memory.allocate([chunks, columns])];
      memory.launch(
        backwardColumns,
        partials,
        [x, rowStatistics, dy],
        [rows, columns, chunk],
        chunks * columns,
      );
      const sums = partials.map((partial) => launchColumnSum(memory, partial, chunks, columns));
      for (const each of [rowStatistics, ...partials]) memory.release(each);
      return [dx, ...sums];
    },
  );
}
