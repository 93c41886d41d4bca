/** @file Which elements a selection means. */
import { describe, expect, it } from 'vitest';

import { indicatorOf, selectedIndices, selectedPlaces } from '../../../webview/trace/where';

const axes = 'head query';

describe('a selection', () => {
  it('means an axis that it does not name as a whole, in ascending order', () => {
    const indices = selectedIndices('p', axes, [2, 3], [{ axis: 'query', index: [2, 0] }]);
    expect(indices).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(selectedPlaces([2, 3], indices)).toEqual([0, 2, 3, 5]);
    expect([...indicatorOf([2, 3], indices)]).toEqual([1, 0, 1, 1, 0, 1]);
  });

  it('means everything where it names nothing, and nothing where it names no index', () => {
    expect(selectedPlaces([2, 3], selectedIndices('p', axes, [2, 3]))).toEqual([0, 1, 2, 3, 4, 5]);
    const none = selectedIndices('p', axes, [2, 3], [{ axis: 'head', index: [] }]);
    expect(selectedPlaces([2, 3], none)).toEqual([]);
    expect(selectedPlaces([], [])).toEqual([0]);
  });

  it.each([[3], [-1], [0.5], [NaN]])('refuses the index %d, and says which there are', (index) => {
    const where = [{ axis: 'query', index: [index] }];
    expect(() => selectedIndices('a.pattern', axes, [2, 3], where)).toThrow(
      `a.pattern: query ${index} does not exist; there are 3.`,
    );
  });

  it('refuses an axis or an index that is named twice', () => {
    const twice = [
      { axis: 'head', index: [0] },
      { axis: 'head', index: [1] },
    ];
    expect(() => selectedIndices('p', axes, [2, 3], twice)).toThrow('the axis head is named twice');
    const repeated = [{ axis: 'query', index: [1, 1] }];
    expect(() => selectedIndices('p', axes, [2, 3], repeated)).toThrow(
      'an index of query is named twice',
    );
  });

  it('refuses an axis that the value does not have, and says which it has', () => {
    const where = [{ axis: 'key', index: [0] }];
    expect(() => selectedIndices('a.pattern', axes, [2, 3], where)).toThrow(
      expect.objectContaining({
        message: 'a.pattern has no axis “key”.',
        remedy: 'Choose among head, query.',
      }) as Error,
    );
  });
});
