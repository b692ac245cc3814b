import { defineConfig } from 'vite';

/** The widget's one script, `/embed.js`: classic, so that one tag is enough, and small: it is on every page of a site. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: '../../target/classes/static',
    // The chat page is there too.
    emptyOutDir: false,
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    lib: { entry: 'src/embed.ts', name: 'none', formats: ['iife'], fileName: () => 'embed.js' },
  },
});
