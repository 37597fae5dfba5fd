import * as z from 'zod/mini';
import type { Config } from '../config/config.ts';
import type { Client } from '../salesforce/session/client.ts';
import type { ApiVersionWarning } from '../salesforce/version-warning.ts';
import { CheckFailed, type Passed } from './checks.ts';
import { readJson } from './read-json.ts';

const versions = z.array(z.object({ version: z.string() })).check(z.minLength(1));

/** The oldest version with Bulk API 2.0. Source: Bulk API 2.0 developer guide, "Get Started". */
const oldestIngest = 41;

const numberOf = (version: string): number => Number(version.slice(1));

/** Checks that the org has the sink's API version. Source: REST API developer guide, "Versions". */
export async function checkVersion(
  client: Client,
  { apiVersion }: Config,
): Promise<Passed<boolean>> {
  const offered = await readJson(client, '/services/data', versions);
  const names = offered.map(({ version }) => `v${version}`);
  const newest = names.at(-1) ?? '';
  if (numberOf(apiVersion) < oldestIngest) {
    throw new CheckFailed(
      `Bulk API 2.0 takes data from v${oldestIngest}.0 on, not with ${apiVersion}.`,
      'Set SALESFORCE_API_VERSION to a newer version.',
    );
  }
  if (names.includes(apiVersion)) {
    return { detail: `the org has ${apiVersion}; its newest is ${newest}`, value: true };
  }
  throw new CheckFailed(
    `The org does not have ${apiVersion}; its newest is ${newest}.`,
    'Set SALESFORCE_API_VERSION to a version that it has.',
  );
}

/**
 * Tells whether Salesforce has announced the end of the sink's API version. Salesforce names versions a
 * year before it stops to support them, and supports each for three years.
 * Source: REST API developer guide, "API End-of-Life Policy".
 */
export function checkSupport(
  { apiVersion }: Pick<Config, 'apiVersion'>,
  { reason }: Pick<ApiVersionWarning, 'reason'>,
): Passed<boolean> {
  if (reason === null)
    return { detail: `Salesforce announces no end of ${apiVersion}`, value: true };
  return {
    detail: `Salesforce says of ${apiVersion}: ${reason}`,
    remedy: 'Set SALESFORCE_API_VERSION to a newer version, and deploy.',
    value: true,
  };
}
