import { defineConfig } from 'vitest/config';

/**
 * Measurements say how fast something is and check nothing, and the tests of a restart need somebody
 * who kills the server: both are run by themselves.
 */
const kind = process.env['MEASURE'] ? 'measure' : process.env['PATCHBAY_SEEN'] ? 'restart' : 'e2e';

/** Tests of the pages in Chromium against a running server, whose address is in PATCHBAY. */
export default defineConfig({
  test: {
    include: [`e2e/**/*.${kind}.ts`],
    fileParallelism: false,
    // Long enough for a machine that does other things too; what is waited for seldom takes a second.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
