/**
 * @file The circuits of a head: whole tokens against whole tokens, read off its weights. Norms,
 * biases, positions and other layers are left out: exact only for a head that reads the embedding
 * itself, a tendency for all others. Plain loops over weights that are read once.
 */
import { PlaygroundError } from '../config/errors';
import { formatCount } from '../config/counts';
import { read } from '../ops/values';
import type { Circuit, CircuitRequest } from '../protocol/circuit';
import type { Subject } from '../training/probe';
import { attentionAt } from './attentions';
import { viewsOf, type Labels } from './shownText';

/** Tokens a picture has room for, and a side of the square that is computed. */
const mostTokens = 512;

/**
 * @throws PlaygroundError where the vocabulary is too large, or the model has no such head
 */
export async function circuitOf(
  subject: Subject,
  { path, head }: Pick<CircuitRequest, 'path' | 'head'>,
  labels: Labels,
): Promise<Omit<Circuit, 'runId' | 'step'>> {
  const { module, heads } = attentionAt(subject, path, head);
  const { vocabulary, dModel, tied, attention } = subject.config;
  if (vocabulary > mostTokens) throw tooManyTokens(vocabulary);
  const { parameters } = subject;
  const embedding = await matrix(subject, 'tokenTable');
  const unembedding = tied ? embedding : await matrix(subject, 'outputTable');
  const dHead = (parameters.get(`${module}.value.weight`).shape[1] ?? 0) / heads;
  const ofHead = async (name: string): Promise<Matrix> =>
    columns(await matrix(subject, `${module}.${name}.weight`), head * dHead, dHead);
  // W_O has a head's numbers in rows: as many as the others have columns.
  const written = await matrix(subject, `${module}.output.weight`);
  const rows = written.values.subarray(head * dHead * dModel, (head + 1) * dHead * dModel);
  const offered = product(embedding, await ofHead('value'));
  const raised = productTransposed({ values: rows, width: dModel }, unembedding);
  const outputValue = product(offered, raised).values;
  const tokens = viewsOf([...Array(vocabulary).keys()], labels);
  if (attention === 'uniform') return { tokens, outputValue };
  const asked = product(embedding, await ofHead('query'));
  const found = product(embedding, await ofHead('key'));
  const scale = 1 / Math.sqrt(dHead);
  const queryKey = productTransposed(asked, found).values.map((drawn) => drawn * scale);
  return { tokens, queryKey, outputValue };
}

/** Rows of `width` numbers, one after the other. */
interface Matrix {
  readonly values: Float32Array;
  readonly width: number;
}

async function matrix({ parameters }: Subject, name: string): Promise<Matrix> {
  const tensor = parameters.get(name);
  return { values: await read(tensor), width: tensor.shape[1] ?? 1 };
}

function columns({ values, width }: Matrix, from: number, count: number): Matrix {
  const chosen = new Float32Array((values.length / width) * count);
  for (let row = 0; row * width < values.length; row++) {
    const start = row * width + from;
    chosen.set(values.subarray(start, start + count), row * count);
  }
  return { values: chosen, width: count };
}

/** A · B, in float32 with sums along rows of B. */
function product(a: Matrix, b: Matrix): Matrix {
  const rows = a.values.length / a.width;
  const values = new Float32Array(rows * b.width);
  for (let row = 0; row < rows; row++) {
    const sums = new Float64Array(b.width);
    for (let inner = 0; inner < a.width; inner++) {
      const factor = a.values[row * a.width + inner] ?? NaN;
      const start = inner * b.width;
      for (let column = 0; column < b.width; column++) {
        sums[column] = (sums[column] ?? NaN) + factor * (b.values[start + column] ?? NaN);
      }
    }
    values.set(sums, row * b.width);
  }
  return { values, width: b.width };
}

/** A · Bᵀ: every row of A with every row of B. */
function productTransposed(a: Matrix, b: Matrix): Matrix {
  const rows = a.values.length / a.width;
  const width = b.values.length / b.width;
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let inner = 0; inner < a.width; inner++) {
        const left = a.values[row * a.width + inner] ?? NaN;
        sum += left * (b.values[column * b.width + inner] ?? NaN);
      }
      values[row * width + column] = sum;
    }
  }
  return { values, width };
}

function tooManyTokens(vocabulary: number): PlaygroundError {
  return new PlaygroundError({
    code: 'vocabulary-too-large',
    message: `A circuit shows every token against every other, and this model knows ${formatCount(vocabulary)}.`,
    remedy: `Train a model over at most ${mostTokens} tokens: of characters, or of a short text.`,
  });
}
