import type { SeenCall } from '../../support/fault-proxy/fault.ts';

/** What an invocation is at, in the order in which it comes to it. */
export const killPhases = [
  'function starting',
  'before its job is submitted',
  'looking up rows to delete',
  'deleting',
  'job in the ledger, or uploading',
  'job running',
  'job found again',
  'reading results, or a further job',
  'storing errant records',
  'errant report',
  'settling write',
  'settled, not yet returned',
] as const;

/** One of them. */
export type Phase = (typeof killPhases)[number];

/** The phases of invocations that delete nothing. */
export const phasesOfWrites: readonly Phase[] = killPhases.filter(
  (phase) => phase !== 'looking up rows to delete' && phase !== 'deleting',
);

/** An item of the ledger as it is written, as far as it tells one write from another. */
interface Put {
  Item: { errants: { L: unknown[] } };
}

/** A write of one item, or of several. */
type LedgerWrite = Put | { TransactItems: { Put: Put }[] };

const ledgerWrites: ReadonlySet<string> = new Set(['PutItem', 'TransactWriteItems']);

/** The items that a call writes. */
function itemsOf({ body }: SeenCall): Put['Item'][] {
  const write = JSON.parse(body) as LedgerWrite;
  return 'Item' in write ? [write.Item] : write.TransactItems.map(({ Put }) => Put.Item);
}

interface BatchGetItem {
  RequestItems: Record<string, { Keys: { id: { S: string } }[] }>;
}

interface CreateJob {
  operation: string;
}

/** What one invocation has done so far, derived from its calls. */
export class Invocation {
  /** The ledger's items of its partitions. */
  readonly ids: readonly string[];
  readonly #settles: SeenCall[] = [];
  /** How many jobs that write rows it has created. */
  #created = 0;
  /** Whether its last job deletes rows. */
  #deletes = false;
  /** Whether a job was created that has no rows yet. */
  #opened = false;

  /** `call` reads the ledger, with which an invocation begins. */
  constructor(call: SeenCall) {
    const { RequestItems } = JSON.parse(call.body) as BatchGetItem;
    this.ids = Object.values(RequestItems).flatMap(({ Keys }) => Keys.map(({ id }) => id.S));
  }

  /** Whether the ledger has taken everything, so that nothing is left but to return. */
  get isSettled(): boolean {
    const taken = this.#settles.filter(({ targetStatus }) => targetStatus === 200);
    return taken.flatMap(itemsOf).length === this.ids.length;
  }

  /** The phase that the invocation's next call belongs to; null: it tells nothing. */
  next(call: SeenCall): Phase | null {
    const { step } = call;
    if (step === 'create') this.#create(call);
    if (step === 'create' || step === 'upload') this.#opened = step === 'create';
    if (ledgerWrites.has(step) && !this.#opened) return this.#write(call);
    if (this.#deletes && jobSteps.has(step)) return 'deleting';
    return steps[step]?.[Math.min(this.#created, 2)] ?? null;
  }

  #create(call: SeenCall): void {
    const { operation } = JSON.parse(call.body) as CreateJob;
    this.#deletes = operation === 'delete';
    if (!this.#deletes) this.#created += 1;
  }

  /** The item of a partition drops its errant records as they are settled. */
  #write(call: SeenCall): Phase {
    if (itemsOf(call).some(({ errants }) => errants.L.length > 0)) return 'storing errant records';
    this.#settles.push(call);
    return 'settling write';
  }
}

/** The calls about a job, its note in the ledger among them. */
const jobSteps = new Set([
  ...['create', ...ledgerWrites, 'upload', 'close', 'info', 'abort'],
  ...['failedResults', 'successfulResults', 'unprocessedrecords'],
]);

type Phases = readonly [Phase | null, Phase | null, Phase | null];

const first: Phases = ['before its job is submitted', null, null];
const lookUp = 'looking up rows to delete';
const furtherCalls = 'reading results, or a further job';
const notedItems: Phases = [null, 'job in the ledger, or uploading', furtherCalls];
const asked: Phases = ['job found again', 'job running', furtherCalls];
const read: Phases = [furtherCalls, furtherCalls, furtherCalls];

/** The phase of a call in an invocation that has created no job of rows, one, or more of them. */
const steps: Readonly<Record<string, Phases>> = {
  ...{ token: first, describe: first, limits: first, GetQueueAttributes: first },
  BatchGetItem: first,
  query: [lookUp, lookUp, lookUp],
  create: [null, 'before its job is submitted', furtherCalls],
  ...{ PutItem: notedItems, TransactWriteItems: notedItems },
  ...{ upload: notedItems, close: notedItems },
  ...{ info: asked, abort: asked },
  ...{ failedResults: read, successfulResults: read, unprocessedrecords: read },
  SendMessageBatch: ['errant report', 'errant report', 'errant report'],
};
