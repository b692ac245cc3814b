import { defineConfig } from 'vite';

/** The API's page: Swagger UI over the hub's own contract, and nothing from elsewhere. Part of the hub's jar. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/docs/',
  server: {
    proxy: { '^/(api|openapi.json)': { target: process.env.HUB ?? 'http://localhost:8080' } },
  },
  build: {
    outDir: '../../target/classes/static/docs',
    emptyOutDir: true,
    license: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Swagger UI is one piece.
    chunkSizeWarningLimit: 2_500,
  },
});
