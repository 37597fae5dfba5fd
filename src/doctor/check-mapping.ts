import { CheckFailed, type Passed } from './checks.ts';
import type { DeployedSinks } from './deployed-sinks.ts';

const remedy = 'docs/OPERATIONS.md#the-mapping-does-not-read';

/**
 * Checks the event source mapping of a sink. Throws `CheckFailed`.
 * Source: AWS Lambda API reference, EventSourceMappingConfiguration.
 */
export async function checkMapping(
  sinks: DeployedSinks,
  functionName: string,
): Promise<Passed<boolean>> {
  const [mapping] = await sinks.mappings(functionName);
  if (mapping === undefined) {
    throw new CheckFailed(
      'The function has no event source mapping.',
      'Deploy the sink: npm run deploy -- --stage STAGE',
    );
  }
  const { State = 'unknown', StateTransitionReason, LastProcessingResult = 'none' } = mapping;
  const filters = mapping.FilterCriteria?.Filters?.map(({ Pattern }) => Pattern) ?? [];
  const filtered = filters.length === 0 ? '' : `, filter ${filters.join(' or ')}`;
  const detail = `${State}, last result: ${LastProcessingResult}${filtered}`;
  const { FilterCriteriaError: filterError } = mapping;
  if (filterError !== undefined) {
    const { ErrorCode, Message } = filterError;
    throw new CheckFailed(
      `Lambda cannot use the filter (${ErrorCode}): ${Message}`,
      'Correct `filter` in the sinks file, and deploy.',
    );
  }
  if (State === 'Disabled')
    throw new CheckFailed(`${detail}.`, 'Set enabled: true in the sinks file, deploy.');
  const isFine = !/^PROBLEM/i.test(LastProcessingResult);
  if (State === 'Enabled' && isFine) return { detail, value: true };
  throw new CheckFailed(`${detail}. ${StateTransitionReason ?? ''}`.trim(), remedy);
}
