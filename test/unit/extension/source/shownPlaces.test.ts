/** @file Which place of the model the lines of the source show. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Memento } from 'vscode';
import type { Inspection } from '../../../../extension/engine/inspection';
import { pathOfPlace, ShownPlaces } from '../../../../extension/source/shownPlaces';
import { indexedModel } from '../../support/modelSource';

vi.mock('vscode', () => import('../../support/vscode'));

const { records } = await indexedModel();
const memory = new Map<string, unknown>();
const configured = { layers: 2 };
const inspection = { isDescribed: false, paths: [] as string[], configured };

function shownPlaces(): ShownPlaces {
  return new ShownPlaces(
    inspection as unknown as Inspection,
    {
      get: (key: string) => memory.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
    } as unknown as Memento,
  );
}

function pathOf(shown: ShownPlaces, id: string): string | undefined {
  const record = records.find((each) => each.id === id);
  return record && shown.pathOf(record);
}

function train(layers: number): void {
  inspection.isDescribed = true;
  inspection.paths = Array.from({ length: layers }, (_, layer) => `decoder.${layer}.mlp.output`);
}

beforeEach(() => {
  memory.clear();
  Object.assign(inspection, { isDescribed: false, paths: [], configured });
});

describe('what a line shows', () => {
  it('is the first layer at first', () => {
    const shown = shownPlaces();
    expect(pathOf(shown, 'attention.pattern')).toBe('decoder.0.selfAttention.pattern');
    expect(pathOf(shown, 'layerNorm.mean')).toBe('decoder.0.attentionNorm.mean');
    expect(pathOf(shown, 'loss.loss')).toBe('loss');
  });

  it('moves with a selection: the layer everywhere, the module in its file', () => {
    const shown = shownPlaces();
    shown.showPath(records, 'decoder.1.mlpNorm.variance');
    expect(pathOf(shown, 'layerNorm.mean')).toBe('decoder.1.mlpNorm.mean');
    expect(pathOf(shown, 'mlp.output')).toBe('decoder.1.mlp.output');
    shown.showPath(records, 'finalNorm.output');
    expect(pathOf(shown, 'layerNorm.mean')).toBe('finalNorm.mean');
    expect(pathOf(shown, 'mlp.output')).toBe('decoder.1.mlp.output');
  });

  it('is remembered', () => {
    shownPlaces().showPath(records, 'decoder.1.mlpNorm.variance');
    expect(pathOf(shownPlaces(), 'layerNorm.output')).toBe('decoder.1.mlpNorm.output');
  });

  it('is a layer that the model has, and comes back with a deeper one', () => {
    const shown = shownPlaces();
    shown.showLayer(1);
    train(1);
    expect(pathOf(shown, 'mlp.output')).toBe('decoder.0.mlp.output');
    train(3);
    expect(pathOf(shown, 'mlp.output')).toBe('decoder.1.mlp.output');
  });

  it('changes nothing for a path that no line has', () => {
    const shown = shownPlaces();
    const changed = vi.fn();
    shown.onDidChange(changed);
    shown.showPath(records, 'encoder.1.selfAttention.pattern');
    expect(changed).not.toHaveBeenCalled();
  });
});

it('a line of a model without layers shows what stands outside of them', () => {
  const shown = shownPlaces();
  shown.showPath(records, 'decoder.1.mlpNorm.variance');
  train(0);
  expect(pathOf(shown, 'layerNorm.mean')).toBe('finalNorm.mean');
  expect(shown.placeOf(records, 'model/attention.ts')).toBeUndefined();
  Object.assign(inspection, { isDescribed: false, configured: { layers: 0 } });
  expect(pathOf(shown, 'layerNorm.mean')).toBe('finalNorm.mean');
});

describe('what can be chosen', () => {
  it('of a norm is each of its places, in the order of a pass', () => {
    const places = shownPlaces().placesOf(records, 'model/layerNorm.ts');
    expect(places.map(pathOfPlace)).toEqual([
      'decoder.0.attentionNorm',
      'decoder.0.mlpNorm',
      'decoder.1.attentionNorm',
      'decoder.1.mlpNorm',
      'finalNorm',
    ]);
  });

  it('is nothing in a file that stands in one place', () => {
    expect(shownPlaces().placesOf(records, 'model/loss.ts')).toEqual([]);
    expect(shownPlaces().placeOf(records, 'model/gpt.ts')).toBeUndefined();
  });

  it('before a run is each layer that is configured', () => {
    Object.assign(inspection, { configured: { layers: 5 } });
    const places = shownPlaces().placesOf(records, 'model/mlp.ts');
    expect(places.map(({ layer }) => layer)).toEqual([0, 1, 2, 3, 4]);
  });

  it('of a model without layers is the final norm alone', () => {
    train(0);
    const places = shownPlaces().placesOf(records, 'model/layerNorm.ts');
    expect(places.map(pathOfPlace)).toEqual(['finalNorm']);
  });
});
