import type { DeployedSinks } from './deployed-sinks.ts';
import { Bad, type Seen } from './finding.ts';

const remedy = 'docs/OPERATIONS.md#the-mapping-does-not-read';

/**
 * How the event source mapping of a sink does. Throws `Bad`.
 * Source: AWS Lambda API reference, EventSourceMappingConfiguration.
 */
export async function examineMapping(
  sinks: DeployedSinks,
  functionName: string,
): Promise<Seen<boolean>> {
  const [mapping] = await sinks.mappings(functionName);
  if (mapping === undefined) {
    throw new Bad('The function has no event source mapping.', 'Deploy the sink: npm run deploy');
  }
  const { State = 'unknown', StateTransitionReason, LastProcessingResult = 'none' } = mapping;
  const says = `${State}, last result: ${LastProcessingResult}`;
  if (State === 'Disabled')
    throw new Bad(`${says}.`, 'Set enabled: true in the sinks file, deploy.');
  const isFine = !/^PROBLEM/i.test(LastProcessingResult);
  if (State === 'Enabled' && isFine) return { says, value: true };
  throw new Bad(`${says}. ${StateTransitionReason ?? ''}`.trim(), remedy);
}
