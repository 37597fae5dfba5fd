import { build } from '../infra/build.ts';

/** Builds the function once, before any test, so that tests run what would be deployed. */
export async function setup(): Promise<void> {
  await build();
}
