import { readConfig } from '../src/config/config.ts';
import { createDecodeFromConfig } from '../src/decode/create-from-config.ts';
import { logOnly } from '../src/errant/reporter.ts';
import { createInvoke } from '../src/invocation/invoke.ts';
import type { Send } from '../src/runtime/http/send.ts';
import { Salesforce } from '../src/salesforce/salesforce.ts';
import { InstantTable, instantLedger } from './instant-ledger.ts';

const nothing = () => undefined;

/** Settings of an upsert sink. */
export const upsert = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
} as const;

/**
 * The function with a ledger, whose Salesforce, DynamoDB and clock answer at once, in the same process.
 * Without a table no event is known to the ledger.
 */
export function instantSink(
  settings: Readonly<Record<string, string>>,
  send: Send,
  table = new InstantTable(),
) {
  const config = readConfig({
    SALESFORCE_OBJECT: 'Contact',
    SALESFORCE_URI: 'https://a.my.salesforce.com',
    SALESFORCE_SECRET_ID: 'bench',
    LEDGER_TABLE: 'bench',
    ...settings,
  });
  let now = Date.now();
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const runtime = { clock, random: () => 0.5, uuid: () => 'bench', send };
  const log = { info: nothing, warn: nothing, error: nothing, appendKeys: nothing };
  const readSecret = async () => JSON.stringify({ clientId: 'a', clientSecret: 'b' });
  const parts = { config, runtime, log };
  return createInvoke({
    ...parts,
    decode: createDecodeFromConfig(config, runtime, async () => null),
    salesforce: new Salesforce({ ...parts, readSecret }),
    ledger: instantLedger(clock, table),
    reporter: logOnly,
    meter: nothing,
  });
}
