import { defineConfig } from 'vitest/config';
import { suites } from './test/suites.ts';
import base from './vitest.config.ts';

/** `npm run test:matrix`: each step of a flush broken in each way, in every mode. */
export default defineConfig({
  ...base,
  test: { ...base.test, ...suites['test:matrix'] },
});
