/** @file The browser tests: Node drives Chromium, which shows the pages as VS Code would. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    environment: 'node',
    // One browser at a time, shared by the tests of a file.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On a busy machine a page is slow, and not wrong.
    expect: { poll: { timeout: 10_000 } },
  },
});
