import { afterAll, beforeAll, inject } from 'vitest';
import { type Api, connect } from './api.ts';
import { cleanUp } from './clean-up.ts';

/** Logs in before the tests of a file, and removes their records after them. */
export function useApi(): () => Api {
  let api: Api | null = null;
  beforeAll(async () => {
    api = await connect(inject('target'));
  });
  afterAll(async () => {
    if (api) await cleanUp(api);
  });
  return () => {
    if (!api) throw new Error('Not logged in yet');
    return api;
  };
}

/** A name for a record of this run. */
export function nameOf(api: Api, name: string): string {
  return `${api.target.runId} ${name}`;
}
