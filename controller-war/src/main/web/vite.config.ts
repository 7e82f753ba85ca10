import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** What a browser loads at most before somebody opens a terminal or a screen, compressed. */
const MOST_BYTES = 500_000;

/** Fails a build that is larger than that. */
function bounded(): Plugin {
  return {
    name: 'bounded',
    writeBundle(_, bundle) {
      const loaded = Object.entries(bundle).filter(([name]) => !/(terminal|screen)-[^/]*$/.test(name));
      const sizes = loaded.map(([, file]) => gzipSync(file.type === 'chunk' ? file.code : file.source).length);
      const size = sizes.reduce((sum, one) => sum + one, 0);
      if (size > MOST_BYTES) {
        this.error(`the pages have ${size} bytes compressed, more than ${MOST_BYTES}`);
      }
    },
  };
}

/** The server that the pages are tried out against with `npm run dev`. */
const server = process.env['PATCHBAY'] ?? 'http://127.0.0.1:3080';

export default defineConfig({
  // Addresses are relative, so that the pages work below whatever path a reverse proxy puts them.
  base: './',
  plugins: [bounded()],
  build: {
    outDir: process.env['PATCHBAY_WEB_OUT'] ?? '../../../target/web-ui',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined pictures and modules would need more than the pages' Content-Security-Policy allows.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    port: 3081,
    proxy: {
      '/v2': { target: server, ws: true },
      '/metrics': { target: server },
    },
  },
  test: { include: ['test/**/*.test.ts'] },
});
