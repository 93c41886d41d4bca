/**
 * @file A GPT in plain loops and doubles, for tests of what is seen inside: nothing of the
 * product’s arithmetic is used. Causal, pre-norm, with biases, residual connections and learned
 * positions.
 */
import type { ModelShape } from '../../../webview/config/model';

type Matrix = readonly (readonly number[])[];

/** What a layer comes by; of a head: [query][key] or [position][dHead]. */
export interface LayerByHand {
  readonly before: Matrix;
  readonly heads: readonly {
    readonly queries: Matrix;
    readonly keys: Matrix;
    readonly values: Matrix;
    readonly pattern: Matrix;
    readonly weighted: Matrix;
    /** weighted · its rows of W_O, without the bias. */
    readonly written: Matrix;
  }[];
  readonly attention: Matrix;
  readonly after: Matrix;
}

export interface PassByHand {
  readonly layers: readonly LayerByHand[];
  readonly logits: Matrix;
}

export type Weights = ReadonlyMap<string, Float32Array>;

/** Columns are numbers of the second axis of a parameter. */
export function matrixOf(weights: Weights, name: string, columns: number): number[][] {
  const values = [...(weights.get(name) ?? [])];
  if (values.length === 0) throw new Error(`There is no ${name}.`);
  return Array.from({ length: values.length / columns }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns),
  );
}

export function multiply(a: Matrix, b: Matrix): number[][] {
  return a.map((row) =>
    (b[0] ?? []).map((_, column) =>
      row.reduce((sum, value, index) => sum + value * (b[index]?.[column] ?? NaN), 0),
    ),
  );
}

export function transposed(a: Matrix): number[][] {
  return (a[0] ?? []).map((_, column) => a.map((row) => row[column] ?? NaN));
}

export function softmaxOf(row: readonly number[]): number[] {
  const largest = Math.max(...row);
  const shares = row.map((value) => Math.exp(value - largest));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

export function passByHand(
  weights: Weights,
  config: ModelShape,
  ids: readonly number[],
): PassByHand {
  const { dModel, heads } = config;
  const dHead = dModel / heads;
  const vectorOf = (name: string): number[] => [...(weights.get(name) ?? [])];
  const add = (a: Matrix, b: Matrix): number[][] =>
    a.map((row, r) => row.map((value, c) => value + (b[r]?.[c] ?? NaN)));
  const project = (x: Matrix, name: string, columns: number): number[][] => {
    const bias = vectorOf(`${name}.bias`);
    return multiply(x, matrixOf(weights, `${name}.weight`, columns)).map((row) =>
      row.map((value, c) => value + (bias[c] ?? NaN)),
    );
  };
  const norm = (x: Matrix, name: string): number[][] => normByHand(weights, config, x, name);
  const columnsOf = (x: Matrix, head: number): number[][] =>
    x.map((row) => row.slice(head * dHead, (head + 1) * dHead));
  const gelu = (x: number): number =>
    0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

  const table = matrixOf(weights, 'tokenTable', dModel);
  const places = matrixOf(weights, 'positionTable', dModel);
  let stream: number[][] = ids.map((id, at) =>
    (table[id] ?? []).map((value, c) => value + (places[at]?.[c] ?? NaN)),
  );
  const layers: LayerByHand[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `decoder.${layer}`;
    const before = stream;
    const read = norm(before, `${at}.attentionNorm`);
    const [q, k, v] = ['query', 'key', 'value'].map((name) =>
      project(read, `${at}.selfAttention.${name}`, dModel),
    );
    const rows = matrixOf(weights, `${at}.selfAttention.output.weight`, dModel);
    const seen = Array.from({ length: heads }, (_, head) => {
      const [queries, keys, values] = [q, k, v].map((all) => columnsOf(all ?? [], head));
      const scores = multiply(queries ?? [], transposed(keys ?? []));
      const pattern = scores.map((row, query) =>
        softmaxOf(row.map((s, key) => (key > query ? -Infinity : s / Math.sqrt(dHead)))),
      );
      const weighted = multiply(pattern, values ?? []);
      const written = multiply(weighted, rows.slice(head * dHead, (head + 1) * dHead));
      return {
        queries: queries ?? [],
        keys: keys ?? [],
        values: values ?? [],
        pattern,
        weighted,
        written,
      };
    });
    const bias = vectorOf(`${at}.selfAttention.output.bias`);
    const attention = seen.reduce<number[][]>(
      (sum, { written }) => add(sum, written),
      before.map(() => bias),
    );
    const middle = add(before, attention);
    const hidden = project(norm(middle, `${at}.mlpNorm`), `${at}.mlp.input`, 4 * dModel);
    const worked = project(
      hidden.map((row) => row.map(gelu)),
      `${at}.mlp.output`,
      dModel,
    );
    stream = add(middle, worked);
    layers.push({ before, heads: seen, attention, after: stream });
  }
  return { layers, logits: lensByHand(weights, config, stream) };
}

/** What the stream at any depth would say: logits [position][vocab]. */
export function lensByHand(weights: Weights, config: ModelShape, stream: Matrix): number[][] {
  const table = matrixOf(weights, config.tied ? 'tokenTable' : 'outputTable', config.dModel);
  return multiply(normByHand(weights, config, stream, 'finalNorm'), transposed(table));
}

function normByHand(
  weights: Weights,
  { normEpsilon }: ModelShape,
  x: Matrix,
  name: string,
): number[][] {
  const gain = weights.get(`${name}.gain`) ?? [];
  const bias = weights.get(`${name}.bias`) ?? [];
  return x.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    const deviation = Math.sqrt(variance + normEpsilon);
    return row.map(
      (value, c) => ((value - mean) / deviation) * (gain[c] ?? NaN) + (bias[c] ?? NaN),
    );
  });
}

/** −ln of the probability of each token after the first. */
export function surprisesByHand(logits: Matrix, ids: readonly number[]): number[] {
  return ids.slice(1).map((id, at) => -Math.log(softmaxOf(logits[at] ?? [])[id] ?? NaN));
}
