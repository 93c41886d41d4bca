/**
 * @file One token through one head, step by step: what is computed, in a sentence, as a formula and
 * with its numbers. Pure.
 */
import { formatCount } from '../../../config/counts';
import type { FollowedConfig, FollowedToken } from '../../../protocol/attentionMaps';
import { formatWeight, nameToken } from '../../heatmap/reading';

/** A number or a vector of one key. */
export interface FollowRow {
  readonly key: number;
  readonly label: string;
  readonly before?: number;
  readonly value?: number;
  readonly vector?: Float32Array;
}

/** A vector that a step is about. */
export interface NamedVector {
  readonly name: string;
  readonly values: Float32Array;
}

export interface FollowStep {
  readonly title: string;
  readonly sentence: string;
  readonly formula: string;
  /** Of what comes out, in named axes. */
  readonly shape: string;
  readonly vectors: readonly NamedVector[];
  /** What stands in the columns of numbers; none for a step without keys. */
  readonly before?: string;
  readonly after?: string;
  readonly rows: readonly FollowRow[];
}

/** Keys of a step that are shown: those that are looked at most, and the query's own. */
const mostRows = 16;

/** Every step of a token that is followed; the first three are missing where nothing is asked. */
export function followSteps(token: FollowedToken, query: number): FollowStep[] {
  const { dHead, pattern, weighted, written, output, asked, config } = token;
  const labels = token.tokens.map(({ label }) => label);
  const name = nameToken(labels, query);
  const keys = shownKeys(pattern, query);
  const size = labels.length;
  const row = (key: number): Pick<FollowRow, 'key' | 'label'> => ({
    key,
    label: nameToken(labels, key),
  });
  const vectorsOf = (all: Float32Array): FollowRow[] =>
    keys.map((key) => ({ ...row(key), vector: all.subarray(key * dHead, (key + 1) * dHead) }));
  const numbers = (before: Float32Array | undefined, after: Float32Array): FollowRow[] =>
    keys.map((key) => ({
      ...row(key),
      ...(before && { before: before[key] ?? NaN }),
      value: after[key] ?? NaN,
    }));
  const best = strongest(pattern);
  const steps: FollowStep[] = [];
  if (asked !== undefined) {
    steps.push(
      {
        title: 'Query',
        sentence: `${name} asks: from x, its normalized vector of the residual stream, the head makes ${formatCount(dHead)} numbers that say what it looks for.`,
        formula: config.bias ? 'q = x W_Q + b_Q' : 'q = x W_Q',
        shape: `dHead ${dHead}`,
        vectors: [{ name: 'query', values: asked.query }],
        rows: [],
      },
      {
        title: 'Keys',
        sentence: `Every token offers a key of ${formatCount(dHead)} numbers too: what it can be found by.`,
        formula: config.bias ? 'K = X W_K + b_K' : 'K = X W_K',
        shape: `key ${size} × dHead ${dHead}`,
        vectors: [{ name: 'query', values: asked.query }],
        rows: vectorsOf(asked.keys),
      },
      {
        title: 'Products',
        sentence:
          'The query is multiplied with each key, number by number, and the products are added up: large where both point the same way.',
        formula: 'q · k = Σᵢ qᵢ kᵢ',
        shape: `key ${size}`,
        vectors: [],
        after: 'q · k',
        rows: numbers(undefined, asked.products),
      },
      {
        title: 'Scale',
        sentence: `A sum of ${formatCount(dHead)} products is about √${formatCount(dHead)} times as large as one of them. Divided by that, scores stay of the same size in narrow and in wide heads.`,
        formula: `score = q · k / √dHead = q · k / ${Math.sqrt(dHead).toFixed(2)}`,
        shape: `key ${size}`,
        vectors: [],
        before: 'q · k',
        after: 'score',
        rows: numbers(asked.products, asked.scores),
      },
      {
        title: 'Mask',
        ...maskWords(config, asked.masked.includes(-Infinity)),
        shape: `key ${size}`,
        vectors: [],
        before: 'score',
        after: 'masked',
        rows: numbers(asked.scores, asked.masked),
      },
    );
  }
  steps.push(
    {
      title: 'Softmax',
      ...(asked
        ? {
            sentence: `Scores become shares that sum to 1; most, ${formatWeight(pattern[best] ?? 0)}, goes to ${nameToken(labels, best)}.`,
            formula: 'weight = e^score / Σ e^score',
          }
        : {
            sentence: `Attention of this model is uniform: each token that ${name} may see gets the same share, ${formatWeight(pattern[best] ?? 0)}.`,
            formula: 'weight = 1 / tokens that may be seen',
          }),
      shape: `key ${size}`,
      vectors: [],
      ...(asked && { before: 'masked' }),
      after: 'weight',
      rows: numbers(asked?.masked, pattern),
    },
    {
      title: 'Values',
      sentence:
        'Each token also has a value: what it hands over. The values are added up, each times its weight.',
      formula: 'z = Σ weight · v',
      shape: `dHead ${dHead}`,
      vectors: [{ name: 'sum', values: weighted }],
      after: 'weight',
      rows: keys.map((key) => ({
        ...row(key),
        value: pattern[key] ?? NaN,
        vector: token.values.subarray(key * dHead, (key + 1) * dHead),
      })),
    },
    {
      title: 'Output',
      sentence: `W_O turns the sum into ${formatCount(written.length)} numbers. ${outputWords(config, name)}`,
      formula: `written = z W_O   (all heads${config.bias ? ' and the bias' : ''}: output)`,
      shape: `dModel ${written.length}`,
      vectors: [
        { name: 'sum', values: weighted },
        { name: 'written', values: written },
        { name: 'output', values: output },
      ],
      rows: [],
    },
  );
  return steps;
}

function maskWords(
  { mask }: FollowedConfig,
  hidesSome: boolean,
): Pick<FollowStep, 'sentence' | 'formula'> {
  if (mask === 'none') {
    return {
      sentence: 'Nothing is hidden: this model has no mask, and sees what it is to predict.',
      formula: 'masked = score',
    };
  }
  return {
    sentence: hidesSome
      ? 'Tokens that come later get −∞: the model is trained to predict them and must not see them.'
      : 'Nothing is hidden from this token: it is the last one.',
    formula: 'score = −∞ where key > query',
  };
}

/** What becomes of what a head writes. */
function outputWords({ residual }: FollowedConfig, name: string): string {
  return residual
    ? `They are added to the residual of ${name}, together with those of the other heads.`
    : `Together with those of the other heads they replace the residual of ${name}: this model has no residual connections.`;
}

/** In the order of the text. */
function shownKeys(pattern: Float32Array, query: number): number[] {
  const all = Array.from(pattern, (weight, key) => ({ key, weight }));
  const most = [...all].sort((a, b) => b.weight - a.weight).slice(0, mostRows - 2);
  const kept = new Set([...most.map(({ key }) => key), query]);
  // One that is masked, where there is one: to be seen what becomes of it.
  if (query + 1 < all.length) kept.add(query + 1);
  return [...kept].sort((a, b) => a - b);
}

function strongest(pattern: Float32Array): number {
  let best = 0;
  pattern.forEach((weight, key) => {
    if (weight > (pattern[best] ?? 0)) best = key;
  });
  return best;
}

/** A number of a vector or a score: three significant digits, infinity as such. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const magnitude = Math.abs(value);
  const digits = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2;
  const text = magnitude > 0 && magnitude < 0.005 ? value.toExponential(0) : value.toFixed(digits);
  return text.replace('-', '−');
}

/** Euclidean. */
export function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
