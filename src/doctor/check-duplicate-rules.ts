import type { Config } from '../config/config.ts';
import { isDelete } from '../config/settings.ts';
import { SinkError } from '../errors.ts';
import { runQuery } from '../salesforce/lookup/query.ts';
import { encodedQuery } from '../salesforce/lookup/soql.ts';
import type { Client } from '../salesforce/session/client.ts';
import { CheckSkipped, type Checks } from './checks.ts';

const check = 'duplicate rules';

/**
 * Names the active duplicate rules of the object. The API does not tell which of them block a row, and
 * only a user with "View Setup and Configuration" may read them. Source: object reference, DuplicateRule.
 */
export async function checkDuplicateRules(
  checks: Checks,
  client: Client,
  { object, operation, apiVersion }: Config,
): Promise<void> {
  if (isDelete(operation)) return checks.markSkipped(`${operation} is subject to none`, check);
  const query = `SELECT Id, MasterLabel FROM DuplicateRule WHERE IsActive = true AND SobjectType = '${object}'`;
  const path = `/services/data/${apiVersion}/query?q=${encodedQuery(query)}`;
  await checks.run(check, async () => {
    const rules = await runQuery(client, { path, field: 'MasterLabel' }).catch((error: unknown) => {
      const isRefused = error instanceof SinkError && error.code === 'SALESFORCE_REFUSED';
      throw isRefused ? new CheckSkipped('the run-as user may not read them') : error;
    });
    if (rules.length === 0) return { detail: `none is active for ${object}`, value: true };
    const names = rules.map(({ key }) => key).join(', ');
    return {
      detail: `active for ${object}: ${names}`,
      remedy: 'Rows that a rule blocks are errant: docs/WRITING.md, "Duplicate rules".',
      value: true,
    };
  });
}
