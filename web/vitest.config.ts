import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,chat,embed,simulator,dashboard}/**/*.test.{ts,tsx}'],
  },
});
