/** @file Which trace paths a line of the model's source serves, read from the source alone. */
import { describe, expect, it } from 'vitest';
import { isLayered, pathIn, placeOf } from '../../../webview/config/traceRecord';
import { model } from '../../../webview/model/model';
import { scopedFunctions } from '../../../webview/trace/indexing/scopePaths';
import { dryPass } from '../../../webview/training/dryPass';
import { rungs, smallShape } from '../support/models';
import { indexedModel } from '../support/modelSource';

const at = (text: string): Record<string, string[]> =>
  Object.fromEntries(
    scopedFunctions([{ file: 'model/model.ts', text }]).map(({ name, at: paths }) => [
      name,
      [...paths].sort(),
    ]),
  );

describe('the paths of a line', () => {
  it('follow the scopes through children, layers and constants', () => {
    const text = `
      function whole(scope: Scope, x: Tensor) {
        for (let layer = 0; layer < 2; layer++) part(x, scope.child(\`decoder.\${layer}\`));
        const last = scope.child('last');
        return inner(last);
      }
      function part(x: Tensor, { child }: Scope) { inner(child('a')); return inner(child('b')); }
      function inner(scope: Scope) { return leaf(scope); }
      function leaf({ trace }: Scope) { return trace('x', 'one', y); }
      function unused(scope: Scope) { return 0; }
      export const model = { forward: whole };`;
    const inner = ['decoder.{layer}.a', 'decoder.{layer}.b', 'last'];
    expect(at(text)).toEqual({
      whole: [''],
      part: ['decoder.{layer}'],
      inner,
      leaf: inner,
      unused: [],
    });
  });

  it('cannot be read where a scope is chosen while the pass runs, which fails the build', () => {
    const text = `
      function whole(scope: Scope) { return inner(deep ? scope : scope.child('a')); }
      function inner(scope: Scope) { return 0; }
      export const model = { forward: whole };`;
    expect(() => at(text)).toThrow(/model\.ts:2: “deep \? scope/);
  });

  it('are those that a pass goes through, one line for each, in every rung', async () => {
    const { records } = await indexedModel();
    for (const [, change] of rungs) {
      for (const { path, axes } of dryPass(model, { ...smallShape, ...change }).points) {
        const place = placeOf(records, path);
        expect(place, path).toBeDefined();
        if (place === undefined) continue;
        expect(place.record.axes.join(' '), path).toBe(axes);
        expect(pathIn(place.template, place.layer ?? 0)).toBe(path);
        const lines = records.filter(({ paths }) => paths.includes(place.template));
        expect(lines, path).toHaveLength(1);
      }
    }
    const passed = new Set(dryPass(model, smallShape).points.map(({ path }) => path));
    const served = records.flatMap(({ paths }) => paths);
    expect(served.filter((template) => !passed.has(pathIn(template, 0)))).toEqual([]);
    expect(served.filter(isLayered).length).toBeGreaterThan(20);
  });
});
