import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { checkStores } from '../../src/doctor/check-stores.ts';
import { Checks } from '../../src/doctor/checks.ts';
import { logOnly } from '../../src/errant/reporter.ts';
import { SinkError } from '../../src/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { Deadline } from '../../src/runtime/deadline.ts';
import { systemRuntime } from '../../src/runtime/runtime.ts';
import { inMemoryLedger } from '../writing/support/in-memory-ledger.ts';

const { clock } = systemRuntime();
const config = readConfig({
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: 'https://acme.my.salesforce.com',
  SALESFORCE_SECRET_ID: 'secret',
  LEDGER_TABLE: 'ledger',
});

/** What the doctor finds of this ledger. */
async function findingOf(ledger: Ledger) {
  const seen = new Checks();
  const parts = { ledgerOf: async () => ledger, errantQueueOf: async () => logOnly };
  const deadline = new Deadline(clock, clock.now() + 10_000);
  await checkStores(seen, parts, { config, deadline });
  return seen.findings.find(({ check }) => check === 'ledger');
}

const refusing = (code: 'LEDGER_CONFLICT' | 'LEDGER_REFUSED'): Ledger => ({
  ...inMemoryLedger(),
  write: () => Promise.reject(new SinkError(code, 'as a test wants it.')),
});

it('finds a ledger that can be read and not written', async () => {
  expect(await findingOf(refusing('LEDGER_REFUSED'))).toMatchObject({
    ...{ state: 'failed', remedy: 'docs/ERRORS.md#ledger_refused' },
  });
});

it('takes the refusal of its condition for a write that is allowed', async () => {
  expect(await findingOf(refusing('LEDGER_CONFLICT'))).toMatchObject({ state: 'passed' });
});
