import type { KafkaEvent } from '../../src/kafka/event.ts';
import { functionNames, type LocalDeployment, startDeployment } from './deployment.ts';

const recordCount = 60;
const clusterArn = 'arn:aws:kafka:us-east-1:123456789012:cluster/local/0a1b2c3d-1';
/** A field that the user of the sink cannot see at first. */
const hiddenField = 'Level__c';

/**
 * Starts a deployment whose errant queue has records: some with a field that the sink's user could
 * not see then and can see now, and one that no change in the org can make valid. `onLine` gets a
 * description of both.
 */
export async function startErrantDeployment(onLine: (text: string) => void) {
  const deployment = await startDeployment();
  const { emulator, errantQueue } = deployment;
  emulator.permit({ hidden: [`Contact.${hiddenField}`] });
  await deliver(deployment);
  emulator.permit({ hidden: [] });
  const written = emulator.records('Contact').length;
  const errant = (await errantQueue.messages()).length;
  onLine(`The sink wrote ${written} of ${recordCount} contacts; ${errant} records are errant.`);
  onLine(`Cause fixed: its user can now see Contact.${hiddenField}.`);
  onLine('');
  return {
    sinks: [{ name: 'contacts', functionName: functionNames.sink }],
    doctor: functionNames.doctor,
    place: null,
    ...deployment.clients,
    deployment,
    close: () => deployment.close(),
  };
}

async function deliver({ functions, sink }: LocalDeployment): Promise<void> {
  const outcome = await functions.invoke(sink.functionName, event());
  if (outcome.kind !== 'returned') throw new Error(outcome.errorMessage);
}

function valueAt(offset: number): string {
  if (offset === 7) return '{"LastName": "Contact 7';
  const level = offset % 3 === 0 ? { [hiddenField]: 'Gold' } : {};
  return JSON.stringify({ LastName: `Contact ${offset}`, ...level });
}

function event(): KafkaEvent {
  const records = Array.from({ length: recordCount }, (_, offset) => ({
    topic: 'contacts',
    partition: 0,
    offset,
    timestamp: 1_700_000_000_000 + offset,
    timestampType: 'CREATE_TIME',
    headers: [],
    value: Buffer.from(valueAt(offset)).toString('base64'),
  }));
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: clusterArn,
    records: { 'contacts-0': records },
  };
}
