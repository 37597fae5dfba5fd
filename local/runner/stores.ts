import { isLoopback } from '../../src/config/safe-url.ts';
import { type ErrantQueue, startErrantQueue } from '../aws/errant-queue.ts';
import { startLedgerTable } from '../aws/ledger-table.ts';
import type { Environment } from './logins.ts';
import { UsageError } from './usage-error.ts';

/** Where the function keeps its jobs and its errant records, at work. */
export interface Stores {
  /** The function's settings for both. */
  environment: Readonly<Record<string, string>>;
  /** The errant queue of this run; null: the environment has named another. */
  errantQueue: ErrantQueue | null;
  close(): Promise<void>;
}

/** A stand-in that runs elsewhere on this machine. */
type Elsewhere = Readonly<Record<string, string>>;

/** Stores that the run does not start itself; null: it does. */
export interface GivenStores {
  ledger: Elsewhere | 'off' | null;
  errantQueue: Elsewhere | null;
}

const ledgerVariables = ['LEDGER_TABLE', 'AWS_ENDPOINT_URL_DYNAMODB'] as const;
const queueVariables = ['ERRANT_QUEUE_URL', 'AWS_ENDPOINT_URL_SQS'] as const;

/**
 * Reads which stores the environment names.
 *
 * They must be stand-ins on this machine, such as DynamoDB Local: the function has no keys of an
 * AWS account here, and no run shall touch the ledger of a deployed sink.
 *
 * Throws UsageError for any other store, and for a ledger that is both named and switched off.
 */
export function readStores(ledgerOn: boolean, environment: Environment): GivenStores {
  const ledger = readElsewhere(ledgerVariables, environment);
  if (!ledgerOn && ledger !== null) {
    throw new UsageError('LEDGER_TABLE is set, and --ledger is off: leave out one of them.');
  }
  return {
    ledger: ledgerOn ? ledger : 'off',
    errantQueue: readElsewhere(queueVariables, environment),
  };
}

function readElsewhere(
  [setting, endpointName]: readonly [string, string],
  environment: Environment,
): Elsewhere | null {
  const value = environment[setting] ?? '';
  if (value === '') return null;
  const endpoint = environment[endpointName] ?? '';
  const url = URL.parse(endpoint);
  if (url?.protocol === 'http:' && isLoopback(url.hostname)) {
    return { [setting]: value, [endpointName]: endpoint };
  }
  throw new UsageError(
    `${setting} is set, and ${endpointName} names no stand-in on this machine, such as ` +
      'http://localhost:8000. A local run uses no AWS account: unset it for one of its own.',
  );
}

/** Starts the stores that are not given: DynamoDB and SQS, stood in for, in memory. */
export async function startStores(given: GivenStores): Promise<Stores> {
  const ledger = given.ledger === null ? await startLedgerTable() : null;
  const errantQueue = given.errantQueue === null ? await startErrantQueue() : null;
  return {
    errantQueue,
    environment: {
      ...(given.ledger === 'off' ? {} : given.ledger),
      ...given.errantQueue,
      ...(ledger && { LEDGER_TABLE: ledger.tableName, AWS_ENDPOINT_URL_DYNAMODB: ledger.url }),
      ...(errantQueue && {
        ERRANT_QUEUE_URL: errantQueue.queueUrl,
        AWS_ENDPOINT_URL_SQS: errantQueue.url,
      }),
    },
    async close() {
      await Promise.all([ledger?.close(), errantQueue?.close()]);
    },
  };
}
