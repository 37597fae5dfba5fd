import type { KafkaEvent } from '../../src/kafka/event.ts';
import { type LocalAccount, localNames, startAccount } from './account.ts';

const recordCount = 60;
const sampleClusterArn = 'arn:aws:kafka:us-east-1:123456789012:cluster/local/0a1b2c3d-1';
/** A field that the user of the sink cannot see at first. */
const field = 'Level__c';

/**
 * Starts an account whose sink has met errant records: some with a field that its user could not
 * see then, and can see now, and one that no change of the org will mend. `tell` gets what happened.
 */
export async function startErrantAccount(tell: (text: string) => void) {
  const account = await startAccount();
  account.emulator.permit({ hidden: [`Contact.${field}`] });
  await deliver(account);
  account.emulator.permit({ hidden: [] });
  const written = account.emulator.records('Contact').length;
  const waiting = (await account.queue.messages()).length;
  tell(
    `The sink has written ${written} of ${recordCount} contacts; ${waiting} records are errant.`,
  );
  tell(`Mended: its user may see Contact.${field} now.`);
  tell('');
  return {
    sinks: [{ name: 'contacts', functionName: localNames.sink }],
    doctor: localNames.doctor,
    ...account.clients,
    account,
    close: () => account.close(),
  };
}

async function deliver({ functions, sink }: LocalAccount): Promise<void> {
  const outcome = await functions.invoke(sink.functionName, event());
  if (outcome.kind !== 'returned') throw new Error(outcome.errorMessage);
}

function valueAt(offset: number): string {
  if (offset === 7) return '{"LastName": "Contact 7';
  const level = offset % 3 === 0 ? { [field]: 'Gold' } : {};
  return JSON.stringify({ LastName: `Contact ${offset}`, ...level });
}

function event(): KafkaEvent {
  const records = Array.from({ length: recordCount }, (_, offset) => ({
    ...{ topic: 'contacts', partition: 0, offset, timestamp: 1_700_000_000_000 + offset },
    ...{ timestampType: 'CREATE_TIME', headers: [] },
    value: Buffer.from(valueAt(offset)).toString('base64'),
  }));
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: sampleClusterArn,
    records: { 'contacts-0': records },
  };
}
