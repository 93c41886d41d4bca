/** @file The steps of a token tell the numbers of the engine, and what they mean. */
import { describe, expect, it } from 'vitest';
import {
  followSteps,
  formatNumber,
  lengthOf,
} from '../../../../webview/ui/views/attention/followSteps';

const asked = {
  query: Float32Array.from([1, 2, 0, 0]),
  keys: Float32Array.from([2, 1, 0, 0, 0, 3, 0, 0, 1, 1, 1, 1]),
  products: Float32Array.from([4, 6, 3]),
  scores: Float32Array.from([2, 3, 1.5]),
  masked: Float32Array.from([2, 3, -Infinity]),
};

const config = { mask: 'causal', bias: true, residual: true } as const;

const token = {
  runId: 'r1',
  step: 7,
  tokens: ['a', 'b', 'c'].map((label, id) => ({ id, label })),
  dHead: 4,
  config,
  asked,
  pattern: Float32Array.from([0.27, 0.73, 0]),
  values: Float32Array.from([1, 0, 0, 0, 0, 1, 0, 0, 5, 5, 5, 5]),
  weighted: Float32Array.from([0.27, 0.73, 0, 0]),
  written: Float32Array.from([0.5, 1]),
  output: Float32Array.from([1.5, 0]),
};

/** One whose head asks nothing. */
const uniform = Object.fromEntries(
  Object.entries(token).filter(([name]) => name !== 'asked'),
) as Omit<typeof token, 'asked'>;

describe('a token that is followed', () => {
  const steps = followSteps(token, 1);
  const step = (title: string) => steps.find((one) => one.title === title);

  it('goes from its query to what it writes', () => {
    expect(steps.map(({ title }) => title)).toEqual([
      'Query',
      'Keys',
      'Products',
      'Scale',
      'Mask',
      'Softmax',
      'Values',
      'Output',
    ]);
    expect(step('Keys')?.shape).toBe('key 3 × dHead 4');
    expect([...(step('Keys')?.rows[1]?.vector ?? [])]).toEqual([0, 3, 0, 0]);
  });

  it('shows each number before and after', () => {
    expect(step('Scale')?.rows[0]).toMatchObject({ before: 4, value: 2 });
    expect(step('Mask')?.rows[2]).toMatchObject({ before: 1.5, value: -Infinity });
    expect(step('Mask')?.sentence).toContain('Tokens that come later get −∞');
    expect(step('Softmax')?.sentence).toContain('0.730, goes to “b” (1)');
  });

  it('begins with the weights where nothing is asked', () => {
    expect(followSteps(uniform, 1).map(({ title }) => title)).toEqual([
      'Softmax',
      'Values',
      'Output',
    ]);
  });

  it('says nothing of biases, a mask or residuals that the model does not have', () => {
    const rung = { mask: 'none', bias: false, residual: false } as const;
    const masked = asked.scores;
    const plain = followSteps({ ...token, config: rung, asked: { ...asked, masked } }, 2);
    const of = (title: string) => plain.find((one) => one.title === title);
    expect([of('Query')?.formula, of('Keys')?.formula]).toEqual(['q = x W_Q', 'K = X W_K']);
    expect(of('Mask')?.sentence).toContain('has no mask');
    expect(of('Mask')?.formula).toBe('masked = score');
    expect(of('Output')?.formula).not.toContain('bias');
    expect(of('Output')?.sentence).toContain('replace the residual of “c” (2)');
  });

  it('of uniform attention names no token that gets most', () => {
    const pattern = Float32Array.from([0.5, 0.5, 0]);
    const [first] = followSteps({ ...uniform, pattern }, 1);
    expect(first?.sentence).toContain('each token that “b” (1) may see gets the same share, 0.500');
    expect(first?.formula).not.toContain('score');
  });

  it('of a long text shows the keys that matter, its own, and one that is masked', () => {
    const size = 200;
    const pattern = new Float32Array(size);
    pattern[40] = 0.9;
    const long = {
      ...token,
      tokens: Array.from({ length: size }, (_, id) => ({ id, label: 'x' })),
      pattern,
      values: new Float32Array(size * 4),
      asked: { ...asked, masked: new Float32Array(size) },
    };
    const rows = followSteps(long, 100).find(({ title }) => title === 'Softmax')?.rows ?? [];
    expect(rows.length).toBeLessThanOrEqual(16);
    expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining([40, 100, 101]));
  });
});

it('numbers are short and none loses its sign', () => {
  expect([0, -0.4567, 12.34, 123.4, 0.0012, -Infinity, NaN].map(formatNumber)).toEqual([
    '0.00',
    '−0.46',
    '12.3',
    '123',
    '1e−3',
    '−∞',
    'not a number',
  ]);
  expect(lengthOf(Float32Array.from([3, 4]))).toBe(5);
});
