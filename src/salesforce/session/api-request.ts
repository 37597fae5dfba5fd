import type { ErrorCode } from '../../errors.ts';
import type { HttpRequest } from '../../runtime/http/send.ts';
import type { Call } from '../call/attempts.ts';

/** A call of the REST API, without token and host. */
export interface ApiRequest {
  readonly method: HttpRequest['method'];
  /** From the root of the instance: `/services/data/v65.0/jobs/ingest`. */
  readonly path: string;
  readonly repeat: Call['repeat'];
  readonly unknownOutcome?: ErrorCode;
  /**
   * Whether the query of the path, and thus Salesforce's message about it, holds values of records;
   * both are left out of errors.
   */
  readonly quotesValues?: boolean;
  readonly contentType?: string;
  readonly body?: string;
}
