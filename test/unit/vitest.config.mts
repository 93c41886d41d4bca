/**
 * @file The unit tests. tfjs is bundled once from its modern modules: its CommonJS takes seconds to
 * load in each file.
 */
import { defineConfig } from 'vitest/config';

const mainFields = ['module', 'main'];

export default defineConfig({
  resolve: { mainFields },
  ssr: { resolve: { mainFields } },
  test: {
    include: ['test/unit/**/*.test.ts'],
    // A process of its own ends with its graphics device; a thread would keep it.
    pool: 'forks',
    // One core fewer is the default, which leaves half of a small machine idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    deps: {
      optimizer: {
        ssr: {
          enabled: true,
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-core/dist/register_all_gradients',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js',
            '@tensorflow/tfjs-backend-webgpu',
          ],
          rolldownOptions: { resolve: { mainFields } },
        },
      },
    },
  },
});
