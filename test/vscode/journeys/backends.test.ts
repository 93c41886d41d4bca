/** @file Without WebGPU the page says so and trains all the same. */
import assert from 'node:assert/strict';
import { journey } from '../driver/journey';
import { trainTinyModel } from '../driver/playground';

suite('Without WebGPU', () => {
  journey(
    'says why, and trains on WASM',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      await playground.reach(20);
      assert.match(
        await playground.backend(),
        /WebGPU (found no graphics adapter|is missing here)/,
      );
      await playground.says(/Runs on WASM/);
      await window.screenshot('without-webgpu');
    },
    { chromium: { webgpu: false } },
  );
});
