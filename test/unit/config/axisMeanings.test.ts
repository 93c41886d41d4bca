/** @file That every axis of the model's source is explained. */
import { expect, it } from 'vitest';
import { axisMeaning } from '../../../webview/config/axisMeanings';
import { indexedModel } from '../support/modelSource';

it('says what every axis of the source means', async () => {
  const { records } = await indexedModel();
  const axes = new Set(records.flatMap((record) => record.axes));
  expect(axes.size).toBeGreaterThan(5);
  for (const axis of axes) expect(axisMeaning(axis), axis).not.toBe(axisMeaning('no axis'));
});
