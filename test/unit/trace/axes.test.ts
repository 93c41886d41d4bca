/** @file A value that does not have the axes it claims is told by name and size. */
import { describe, expect, it } from 'vitest';

import { AxisSizes } from '../../../webview/trace/axes';
import { rootScope, type TraceListener } from '../../../webview/trace/scope';
import type { Tensor } from '../../../webview/ops/tensor';

const ofShape = (shape: readonly number[]): Tensor => ({ shape, dtype: 'float32' });

describe('axes', () => {
  const sizes = () => new AxisSizes({ head: 4, dModel: 32 });

  it('take their size from the configuration, or from their first use in the pass', () => {
    const axes = sizes();
    axes.check('a.b', 'batch head', [2, 4]);
    axes.check('a.c', 'batch dModel', [2, 32]);
    expect(() => {
      axes.check('a.d', 'batch', [3]);
    }).toThrow('a.d: axis batch is 3, but it was 2 at a.b.');
    expect(() => {
      axes.check('a.e', 'dModel', [31]);
    }).toThrow('a.e: axis dModel is 31, but the configuration says 32.');
  });

  it('are as many as the shape has', () => {
    expect(() => {
      sizes().check('a.b', 'batch head', [2, 4, 6]);
    }).toThrow('a.b claims the axes “batch × head” but has shape [2, 4, 6].');
    expect(() => {
      sizes().check('loss', '', []);
    }).not.toThrow();
  });

  it('of a parameter must be bound', () => {
    expect(sizes().shapeOf('dModel head')).toEqual([32, 4]);
    expect(() => sizes().shapeOf('dModel batch')).toThrow('does not bind the axis “batch”');
  });

  it('of one name twice in a value have one size', () => {
    expect(() => {
      sizes().check('a', 'batch batch', [2, 3]);
    }).toThrow('axis batch is 3, but it was 2 at a.');
  });
});

describe('a scope', () => {
  const passWith = (listener?: TraceListener) =>
    rootScope({
      axes: new AxisSizes({ dModel: 2 }),
      parameter: (path) => ({ ...ofShape([2]), dtype: path }),
      listener,
    });

  it('names values and parameters by the modules that they stand in', () => {
    const seen: string[] = [];
    const scope = passWith({
      watches: (path) => path === 'decoder.1.mlp.output',
      visit: (path, _axes, value) => {
        seen.push(path);
        return value;
      },
    });
    const mlp = scope.child('decoder.1').child('mlp');
    mlp.trace('output', 'dModel', ofShape([2]));
    scope.trace('logits', 'dModel', ofShape([2]));
    expect(seen).toEqual(['decoder.1.mlp.output', 'logits']);
    expect(mlp.parameter('weight', 'dModel', 'matrix').dtype).toBe('decoder.1.mlp.weight');
    expect(mlp.watches('input', 'output')).toBe(true);
    expect(mlp.watches('input')).toBe(false);
  });

  it('refuses a value that does not have the axes it claims, by its path', () => {
    const scope = passWith({ watches: () => true, visit: (_path, _axes, value) => value });
    expect(() => scope.child('mlp').trace('gate', 'batch dModel', ofShape([5, 3]))).toThrow(
      'mlp.gate: axis dModel is 3, but the configuration says 2.',
    );
  });

  it('returns what a listener puts in a value’s place, and the value itself where nobody listens', () => {
    const other = ofShape([2]);
    const value = ofShape([2]);
    const scope = passWith({ watches: () => true, visit: () => other });
    expect(scope.trace('x', 'dModel', value)).toBe(other);
    expect(passWith().trace('x', 'nonsense axes', value)).toBe(value);
    expect(passWith().drop('x', value)).toBe(value);
  });
});
