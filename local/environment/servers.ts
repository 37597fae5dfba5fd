import { type Emulator, type Pace, startEmulator } from 'salesforce-bulk-emulator';
import { type ErrantQueue, startErrantQueue } from '../aws/errant-queue.ts';
import { type LedgerTable, startLedgerTable } from '../aws/ledger-table.ts';

/** The servers that an environment starts; null: it uses another one, or none. */
export interface Servers {
  readonly emulator: Emulator | null;
  readonly ledgerTable: LedgerTable | null;
  readonly errantQueue: ErrantQueue | null;
}

/** All of them. */
export interface AllServers extends Servers {
  readonly emulator: Emulator;
  readonly ledgerTable: LedgerTable;
  readonly errantQueue: ErrantQueue;
}

/** Starts all servers, with an org at this pace. */
export async function startAllServers(pace: Partial<Pace> = {}): Promise<AllServers> {
  return {
    emulator: await startEmulator({ pace }),
    ledgerTable: await startLedgerTable(),
    errantQueue: await startErrantQueue(),
  };
}
