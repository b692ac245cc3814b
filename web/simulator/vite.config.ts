import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockSandbox } from './mock/plugin.ts';

/**
 * The page of phones: built onto the test class path, beside the sandbox that serves it, and
 * so never part of the hub's jar. `npm run dev` shows it against a mock of the sandbox's
 * interface; with SANDBOX=http://localhost:8080 against a running sandbox.
 */
export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  // Not relative: the page answers to /sandbox as well as to /sandbox/.
  base: '/sandbox/',
  plugins: [react(), command === 'serve' && !process.env.SANDBOX ? mockSandbox() : null],
  server: {
    proxy: process.env.SANDBOX ? { '^/sandbox/(api|images)/': { target: process.env.SANDBOX } } : undefined,
  },
  build: {
    outDir: '../../target/test-classes/static/sandbox',
    emptyOutDir: true,
    license: true,
    // A content security policy need not allow data: addresses.
    assetsInlineLimit: 0,
  },
}));
