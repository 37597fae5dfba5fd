import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LedgerTable } from '../src/ledger/table.ts';
import type { Clock } from '../src/runtime/deadline.ts';

/** A ledger whose table takes and returns items at once, and never has any: each flush is the first. */
export function instantLedger(clock: Clock): LedgerTable {
  const send = async (): Promise<object> => ({ Responses: {} });
  return new LedgerTable({
    client: { send } as unknown as Pick<DynamoDBClient, 'send'>,
    tableName: 'bench',
    sink: 'bench',
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
  });
}
