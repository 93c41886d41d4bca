/** @file The browser tests: Node drives Chromium, which shows the pages as VS Code would. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    environment: 'node',
    // A browser a file, shared by its tests. They wait more than they work: two share two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On a busy machine a page is slow, and not wrong.
    expect: { poll: { timeout: 10_000 } },
  },
});
