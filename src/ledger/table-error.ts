import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { type ErrorCode, SinkError } from '../errors.ts';
import { awsErrorName } from '../runtime/aws-client.ts';
import { type Deadline, within } from '../runtime/deadline.ts';

const refusals = new Set([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
  'ValidationException',
]);

const remedies: Partial<Record<ErrorCode, string>> = {
  LEDGER_CONFLICT:
    'Another invocation has updated the same partition meanwhile. Kafka redelivers the records.',
  LEDGER_REFUSED:
    "Check that LEDGER_TABLE exists with the key `id`, that the function's role may read and write it, and that the item is below 400 KB: delete one that is not, though its records in flight may then be written twice.",
  LEDGER_UNAVAILABLE:
    'Kafka redelivers the records. If it persists, check the network path to DynamoDB.',
};

/** A call that did not write its items. */
export interface FailedCall {
  /** In the order of the call. */
  readonly ids: readonly string[];
  /** The SDK's error. */
  readonly cause: unknown;
}

/** Some of the calls of a write failed; thrown within this folder only. */
export class NotWritten extends Error {
  /** One at least. */
  readonly failed: readonly FailedCall[];
  /** The number of calls of the write. */
  readonly calls: number;

  constructor(failed: readonly FailedCall[], calls: number) {
    super('the items were not written');
    this.name = 'NotWritten';
    this.failed = failed;
    this.calls = calls;
  }
}

/** A reason for each item of a transaction, `None` for one that is to blame for nothing. */
function reasonsOf(error: unknown): string[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return error.CancellationReasons?.map(({ Code }) => Code ?? 'None') ?? [];
}

/** Why the items of a transaction were not written; empty for any other error. */
const cancellationsOf = (error: unknown): string[] =>
  [...new Set(reasonsOf(error))].filter((code) => code !== 'None');

/** Maximum number of partitions that a message names. */
const namedPartitions = 5;

/** The ids of the items that a call failed for; all of them if it does not say. */
function blamedIds({ ids, cause }: FailedCall): readonly string[] {
  const reasons = reasonsOf(cause);
  const blamed = ids.filter((_, index) => (reasons[index] ?? 'None') !== 'None');
  return blamed.length === 0 ? ids : blamed;
}

/**
 * The partitions that were not written for the reason that the error is about: ` for contacts-3,
 * contacts-7`; empty if all are alike.
 */
function failedPartitions({ failed, calls }: Pick<NotWritten, 'failed' | 'calls'>): string {
  const ids = failed.flatMap(blamedIds);
  const isKnown = failed.some(({ cause }) => cancellationsOf(cause).length > 0);
  if (!isKnown && failed.length === calls && ids.length > 1) return '';
  // An id ends with topic and partition, neither of which can have the character.
  const names = ids.map((id) => id.split('|').slice(-2).join('-'));
  const more = names.length - namedPartitions;
  const end = more > 0 ? ` and ${more} more` : '';
  return ` for ${names.slice(0, namedPartitions).join(', ')}${end}`;
}

/** Reasons for which a transaction is cancelled. Source: DynamoDB API reference, TransactWriteItems. */
const conflicts = ['ConditionalCheckFailed', 'TransactionConflict'];
const throttled = ['ThrottlingError', 'ProvisionedThroughputExceeded'];
const refused = ['ValidationError', 'ItemCollectionSizeLimitExceeded', 'DuplicateItem'];

const isCancelledFor = (error: unknown, reasons: readonly string[]): boolean =>
  cancellationsOf(error).some((code) => reasons.includes(code));

/** Whether another write of an item came first, or is being made. */
export const isConflict = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException ||
  error instanceof TransactionConflictException ||
  isCancelledFor(error, conflicts);

/** Whether a transaction was cancelled only because the table had no capacity for it. */
export const isThrottled = (error: unknown): boolean =>
  isCancelledFor(error, throttled) && !isCancelledFor(error, [...conflicts, ...refused]);

function codeOf(error: unknown): ErrorCode {
  if (isConflict(error)) return 'LEDGER_CONFLICT';
  const isRefused = refusals.has(awsErrorName(error)) || isCancelledFor(error, refused);
  return isRefused ? 'LEDGER_REFUSED' : 'LEDGER_UNAVAILABLE';
}

/** The name of an AWS error, and the reasons of a cancelled transaction. */
const reasonOf = (error: unknown): string =>
  [awsErrorName(error), ...cancellationsOf(error)].join(': ');

function ledgerError(what: string, failure: unknown): SinkError {
  const isWrite = failure instanceof NotWritten;
  const causes = isWrite ? failure.failed.map(({ cause }) => cause) : [failure];
  // A refusal needs somebody; the other failures end by themselves.
  const cause = causes.find((one) => codeOf(one) === 'LEDGER_REFUSED') ?? causes[0];
  const code = codeOf(cause);
  const failed = isWrite ? failure.failed.filter((one) => codeOf(one.cause) === code) : [];
  const of = isWrite ? failedPartitions({ failed, calls: failure.calls }) : '';
  const why = [...new Set(causes.map(reasonOf))].join(', ');
  const message = `The job ledger could not be ${what}${of} (${why}). ${remedies[code] ?? ''}`;
  return new SinkError(code, message, { cause });
}

/** Runs one table operation up to the deadline; throws its failure as a ledger error. */
export async function withLedgerErrors<T>(
  what: string,
  deadline: Deadline,
  work: Promise<T>,
): Promise<T> {
  try {
    return await within(deadline, work);
  } catch (failure) {
    throw ledgerError(what, failure);
  }
}
