import type { ErrorCode } from '../../errors.ts';
import type { Failure } from './failure.ts';

const byCode: Partial<Record<ErrorCode, string>> = {
  SALESFORCE_LIMIT:
    "A limit of the org is exhausted; the records wait in Kafka until it resets. Check the org's API usage.",
  SESSION_REFUSED:
    'A new login was refused too: give the run-as user API access and the app the scope api.',
  SALESFORCE_REFUSED:
    "Check the sink's settings and the run-as user's permissions against Salesforce's message.",
  SALESFORCE_REPLY_INVALID:
    'A proxy or gateway may have answered instead of Salesforce: check SALESFORCE_URI and proxies.',
  SALESFORCE_UNREACHABLE:
    'Kafka redelivers the records. If it persists, check SALESFORCE_URI and the route of the VPC to the internet.',
  SALESFORCE_UNAVAILABLE:
    "Kafka redelivers the records. If it persists, check Salesforce's status page.",
  JOB_CREATE_UNKNOWN:
    'The job may exist, so the call was not sent again; Kafka redelivers the records.',
};

/**
 * By Salesforce's own code, where it is more specific.
 * Source: REST API developer guide, "Status Codes and Error Responses"; API end-of-life policy.
 */
const byErrorCode: ReadonlyMap<string | null, string> = new Map([
  [
    'API_CURRENTLY_DISABLED',
    "Salesforce has disabled the org's API temporarily, as during maintenance; Kafka redelivers the records. If it persists, check Salesforce's status page.",
  ],
  [
    'API_DISABLED_FOR_ORG',
    'The org\'s edition must include API access, and the run-as user needs the permission "API Enabled".',
  ],
]);

const retired =
  'Salesforce has retired this API version: set SALESFORCE_API_VERSION to a newer version.';

/** Returns what to do about a failure; empty if there is no remedy. */
export function remedyFor(code: ErrorCode, { status, errorCode }: Failure): string {
  if (status === 410) return retired;
  return byErrorCode.get(errorCode) ?? byCode[code] ?? '';
}
