/** @file Nobody is told to train a model for values that it will never have. */
import { expect, it } from 'vitest';
import { hasPlace } from '../../../webview/config/places';
import { isLayered, pathIn } from '../../../webview/config/traceRecord';
import { model } from '../../../webview/model/model';
import { dryPass } from '../../../webview/training/dryPass';
import { indexedModel } from '../support/modelSource';
import { rungs, smallShape } from '../support/models';

const { records } = await indexedModel();
const paths = records.flatMap(({ paths: templates }) =>
  templates.flatMap((template) =>
    isLayered(template) ? [0, 1, 2].map((layer) => pathIn(template, layer)) : [template],
  ),
);

it.each(rungs)('the places known before a run are those of its passes: %s', (_, change) => {
  const shape = { ...smallShape, ...change };
  const passed = dryPass(model, shape).points.map(({ path }) => path);
  expect(paths.filter((path) => hasPlace(shape, path)).sort()).toEqual([...passed].sort());
});
