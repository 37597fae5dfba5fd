import type { HttpReply } from '../runtime/http/send.ts';
import type { Log } from '../runtime/log.ts';

/** Maximum number of characters of Salesforce's message in a log line. */
const longestReason = 200;

/**
 * Logs once per container that Salesforce will retire the sink's API version.
 * Source: REST API developer guide, "API End-of-Life Policy": `Warning: 299 - "…"`.
 */
export class ApiVersionWarning {
  /** What Salesforce says of the version's end; null: nothing. */
  reason: string | null = null;

  /** Checks a reply of any status. */
  check({ headers }: Pick<HttpReply, 'headers'>, log: Log): void {
    const header = String(headers['warning'] ?? '');
    const [, reason] = /(?:^|,)\s*299\s+\S+\s+"?([^"]*)/.exec(header) ?? [];
    if (this.reason !== null || reason === undefined) return;
    this.reason = reason.slice(0, longestReason);
    log.warn('API version about to be retired', {
      remedy: 'Set SALESFORCE_API_VERSION to a newer version.',
      reason: this.reason,
    });
  }
}
