import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The operators' dashboard: part of the hub's jar. `HUB=http://localhost:8080 npm run dev:dashboard` shows it against a
 * running hub.
 */
export default defineConfig({
  root: import.meta.dirname,
  // Not relative: the page answers to /dashboard.html as well as to /dashboard.
  base: '/dashboard/',
  plugins: [react()],
  server: {
    proxy: { '^/(api|admin|actuator)/': { target: process.env.HUB ?? 'http://localhost:8080' } },
  },
  build: {
    outDir: '../../target/classes/static/dashboard',
    emptyOutDir: true,
    license: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
