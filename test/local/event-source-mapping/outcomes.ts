import type { Outcome } from '../../../local/lambda-runtime/outcome.ts';

/** A function that has returned. */
export const returnedOutcome: Outcome = { kind: 'returned', requestId: 'r', value: null };

/** A function that has thrown. */
export const threwOutcome: Outcome = {
  kind: 'threw',
  requestId: 'r',
  errorType: 'Error',
  errorMessage: 'no',
  trace: [],
};
