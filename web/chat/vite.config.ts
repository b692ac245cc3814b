import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockHub } from './mock/plugin.ts';

/**
 * The chat page, alone or in the widget's frame: part of the hub's jar. `npm run dev:chat` shows it against a mock of
 * the hub's interface; with HUB=http://localhost:8080 against a running hub.
 */
export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  // Relative, so that the hub may stand in a folder of a site.
  base: './',
  plugins: [react(), command === 'serve' && !process.env.HUB ? mockHub() : null],
  server: {
    proxy: process.env.HUB
      ? { '^/(api|sandbox/images)/': { target: process.env.HUB }, '/ws/': { target: process.env.HUB, ws: true } }
      : undefined,
  },
  build: {
    outDir: '../../target/classes/static/chat',
    emptyOutDir: true,
    license: true,
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    // Every browser that the page is for knows it by itself.
    modulePreload: { polyfill: false },
  },
}));
