/** @file What lens, circuits and moments say, checked by hand. */
import { describe, expect, it } from 'vitest';
import type { LogitLens } from '../../../../webview/protocol/logitLens';
import type { Moment } from '../../../../webview/protocol/moments';
import {
  circuitPicture,
  describeCircuitCell,
  formatSigned,
  strongest,
} from '../../../../webview/ui/views/attention/circuit/circuitReading';
import {
  depthName,
  lensCsv,
  lensReader,
} from '../../../../webview/ui/views/attention/lens/lensReading';
import { MomentCache } from '../../../../webview/ui/views/attention/time/momentCache';
import {
  cellLabels,
  guessesAt,
  headIn,
  momentChart,
  momentText,
  momentWeights,
  patternOf,
} from '../../../../webview/ui/views/attention/time/momentReading';

const [a, b] = [
  { id: 4, label: 'a' },
  { id: 7, label: 'b' },
];

describe('the logit lens', () => {
  const lens: LogitLens = {
    runId: 'r1',
    step: 7,
    tokens: [a, b],
    cropped: 0,
    depths: ['decoder.0.residualBefore', 'decoder.0.residualAfter'],
    top: 1,
    ids: Int32Array.of(4, 4, 7, 7),
    probabilities: Float32Array.of(0.25, 0.5, 0.75, 1),
    entropies: Float32Array.of(1, 2, 3, 4),
    trueProbabilities: Float32Array.of(0.125, NaN, 0.75, NaN),
    trueRanks: Int32Array.of(3, 0, 1, 0),
    vocabulary: [a, b],
  };

  it('is right where the likeliest token is the one that comes next', () => {
    const read = lensReader(lens);
    expect(read({ depth: 0, position: 0 })).toEqual({
      top: [{ id: 4, label: 'a', probability: 0.25 }],
      entropy: 1,
      truth: { label: 'b', probability: 0.125, rank: 3 },
      isRight: false,
    });
    expect(read({ depth: 1, position: 0 }).isRight).toBe(true);
    expect(read({ depth: 1, position: 1 }).truth).toBeUndefined();
  });

  it('names its depths, also of a model without layers', () => {
    expect([0, 1].map((depth) => depthName(lens, depth))).toEqual(['Embedding', 'Layer 0: output']);
    expect(depthName({ depths: ['logits'] }, 0)).toBe('Output');
  });

  it('is a table of numbers, a row a cell', () => {
    expect(lensCsv(lens).split('\r\n')[2]).toBe('0,"a","Layer 0: output","b",0.75,3,"b",0.75,1');
  });
});

describe('a circuit', () => {
  const matrix = { labels: ['a', 'b'], values: Float32Array.of(1, -4, 2, 0) };

  it('has 0 in the middle of its colours, and its largest size at an end', () => {
    expect([...circuitPicture(matrix).weights.values]).toEqual([0.625, 0, 0.75, 0.5]);
  });

  it('names its strongest pairs of each sign', () => {
    const values = (sign: 1 | -1) => strongest(matrix, sign, 9).map(({ value }) => value);
    expect(values(1)).toEqual([2, 1]);
    expect(values(-1)).toEqual([-4]);
    expect(strongest(matrix, 1, 1)).toEqual([{ query: 1, key: 0, value: 2 }]);
    expect(describeCircuitCell('outputValue', matrix, { query: 0, key: 1 })).toBe(
      '“a” that is looked at lowers the logit of “b”: −4.00.',
    );
  });

  it('tells small numbers apart', () => {
    const numbers = [0, 0.0741, -0.00812, 0.000045, -12.345].map(formatSigned);
    expect(numbers).toEqual(['+0.00', '+0.0741', '−0.00812', '+4.50e-5', '−12.35']);
  });
});

describe('a moment', () => {
  const moment: Moment = {
    runId: 'r1',
    step: 250,
    gained: [],
    tokens: [a, b, a, b],
    modules: [{ path: 'x.0.pattern', heads: 2 }],
    cells: 2,
    patterns: [Uint8Array.of(255, 0, 0, 255, 255, 0, 51, 204)],
    top: 1,
    nextIds: Int32Array.of(7, 4, 7, 4),
    nextProbabilities: Float32Array.of(0.5, 0.25, 0.75, 1),
    vocabulary: [a, b],
    heads: [],
  };

  it('shows the pattern of each head, and no token what comes after it', () => {
    const bytes = patternOf(moment, { path: 'x.0.pattern', head: 1 });
    if (bytes === undefined) throw new Error('No pattern.');
    const { values, causal } = momentWeights(bytes, 2);
    expect([...values].map((value) => value.toFixed(1))).toEqual(['1.0', '0.0', '0.2', '0.8']);
    expect(causal).toBe(true);
    expect(patternOf(moment, { path: 'x.0.pattern', head: 'mean' })).toBeUndefined();
  });

  it('says what comes next, and names cells of several tokens by their first', () => {
    expect(guessesAt(moment, 2)).toEqual([{ id: 7, label: 'b', probability: 0.75 }]);
    expect(cellLabels(moment)).toEqual(['a', 'a']);
  });

  it('shows its first head where the one that is open is none of its own', () => {
    const first = { path: 'x.0.pattern', head: 0 };
    expect(headIn(moment, { path: 'x.0.pattern', head: 'max' })).toEqual(first);
    expect(headIn(moment, { path: 'y', head: 1 })).toEqual(first);
    expect(headIn(moment, { path: 'x.0.pattern', head: 1 })?.head).toBe(1);
  });

  it('has its losses as dots, each at the step that it is of', () => {
    const first = { runId: 'r1', step: 0, validationLoss: 3, gained: [] };
    const later = { ...first, step: 250, trainingLoss: { step: 248, value: 1 } };
    const chart = momentChart([first, later], [], 250);
    expect(chart.x).toEqual([0, 248, 250]);
    expect(chart.curves.map(({ values, sparse }) => [values, sparse])).toEqual([
      [[null, 1, null], true],
      [[3, null, 3], true],
    ]);
    expect(chart.now).toBe(250);
    expect(momentText(first)).toBe('Step 0: validation 3.000');
    expect(momentText(later)).toBe('Step 250: validation 3.000, training 1.000 at step 248');
  });

  it('that nobody has looked at for long is asked for again', () => {
    const cache = new MomentCache();
    cache.add({ ...moment, step: 0 });
    for (let step = 1; step < 24; step += 1) cache.add({ ...moment, step });
    expect(cache.get(0)?.step).toBe(0);
    cache.add({ ...moment, step: 24 });
    expect(cache.get(1)).toBeUndefined();
    expect(cache.get(0)?.step).toBe(0);
  });
});
