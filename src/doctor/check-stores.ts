import type { Config } from '../config/config.ts';
import type { ErrantRecordReporter } from '../errant/reporter.ts';
import { SinkError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { partitionKey } from '../ledger/state.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { Checks } from './checks.ts';

/** What ledger and errant queue are checked with. */
export interface StoreParts {
  readonly ledgerOf: (config: Config) => Promise<Ledger>;
  readonly errantQueueOf: (config: Config) => Promise<ErrantRecordReporter>;
}

/** A partition that no sink has. */
const nowhere = { cluster: 'doctor', topic: 'doctor', partition: 0 };

/** Checks the ledger and the errant queue of a sink. */
export async function checkStores(
  checks: Checks,
  { ledgerOf, errantQueueOf }: StoreParts,
  { config, deadline }: { config: Config; deadline: Deadline },
): Promise<void> {
  if (config.ledgerTable === null) checks.markSkipped('none: delivery is at least once', 'ledger');
  else {
    await checks.run('ledger', async () => {
      await tryLedger(await ledgerOf(config), deadline);
      return { detail: `table ${config.ledgerTable} can be read and written`, value: true };
    });
  }
  if (config.errantQueueUrl === null)
    checks.markSkipped('none: errant records are logged', 'errant queue');
  else {
    await checks.run('errant queue', async () => {
      await (await errantQueueOf(config)).check(deadline);
      return { detail: 'the queue can be reached', value: true };
    });
  }
}

/** A version that no item has. */
const neverWritten = 1_000_000_000;

/**
 * Reads an item, and asks for a write that is refused for its condition alone: the table takes writes,
 * and has none. Throws as `Ledger.read` and `Ledger.write` do.
 */
async function tryLedger(ledger: Ledger, deadline: Deadline): Promise<void> {
  const stored = await ledger.read([nowhere], deadline);
  const key = partitionKey(nowhere);
  const state = stored.get(key);
  if (state === undefined) return;
  const stale = { ...state, version: neverWritten };
  try {
    await ledger.write(new Map(), new Map([[key, stale]]), deadline);
  } catch (error) {
    if (!(error instanceof SinkError && error.code === 'LEDGER_CONFLICT')) throw error;
  }
}
