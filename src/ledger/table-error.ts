import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
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

function codeOf(error: unknown): ErrorCode {
  if (error instanceof ConditionalCheckFailedException) return 'LEDGER_CONFLICT';
  return refusals.has(awsErrorName(error)) ? 'LEDGER_REFUSED' : 'LEDGER_UNAVAILABLE';
}

/** Runs one table operation up to the deadline; throws its failure as a ledger error. */
export async function withLedgerErrors<T>(
  what: string,
  deadline: Deadline,
  work: Promise<T>,
): Promise<T> {
  try {
    return await within(deadline, work);
  } catch (error) {
    const code = codeOf(error);
    const message = `The job ledger could not be ${what} (${awsErrorName(error)}). ${remedies[code] ?? ''}`;
    throw new SinkError(code, message, { cause: error });
  }
}
