import { defineConfig } from 'vitest/config';

/** `npm run test:soak`: the random model check with 1,000 seeds, or as many as MODEL_SEEDS says. */
export default defineConfig({
  test: {
    include: ['test/reliability/model.test.ts'],
    env: { MODEL_SEEDS: process.env['MODEL_SEEDS'] ?? '1000' },
  },
});
