import { defineConfig } from 'vitest/config';

/** Tests of the pages in Chromium against a running server, whose address is in PATCHBAY. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
