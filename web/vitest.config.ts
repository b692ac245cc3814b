import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,simulator}/**/*.test.{ts,tsx}'],
  },
});
