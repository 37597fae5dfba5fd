import type { HttpReply } from '../runtime/http/send.ts';
import type { Log } from '../runtime/log.ts';

/** Of Salesforce's own words no more is told. */
const longestReason = 200;

/**
 * Tells once in a container that Salesforce is about to retire the API version of the sink.
 * Source: REST API developer guide, "API End-of-Life Policy": `Warning: 299 - "…"`.
 */
export class ApiVersionWarning {
  #isTold = false;

  /** Takes note of a reply, whatever its status. */
  note({ headers }: Pick<HttpReply, 'headers'>, log: Log): void {
    const header = String(headers['warning'] ?? '');
    const [, reason] = /(?:^|,)\s*299\s+\S+\s+"?([^"]*)/.exec(header) ?? [];
    if (this.#isTold || reason === undefined) return;
    this.#isTold = true;
    log.warn('API version about to be retired', {
      remedy: 'Set SALESFORCE_API_VERSION to a newer version.',
      reason: reason.slice(0, longestReason),
    });
  }
}
