import { defineConfig } from 'vitest/config';

/** Tests of the pages in Chromium against a running server, whose address is in PATCHBAY. */
export default defineConfig({
  test: {
    // Measurements say how fast something is and check nothing; they are run by themselves.
    include: process.env['MEASURE'] ? ['e2e/**/*.measure.ts'] : ['e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
