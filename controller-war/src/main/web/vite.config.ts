import { defineConfig } from 'vitest/config';

/** The server that the pages are tried out against with `npm run dev`. */
const server = process.env['PATCHBAY'] ?? 'http://127.0.0.1:3080';

export default defineConfig({
  // Addresses are relative, so that the pages work below whatever path a reverse proxy puts them.
  base: './',
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
