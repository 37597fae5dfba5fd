import type { HttpReply } from '../runtime/http/send.ts';

/**
 * How much of the org's daily API calls is used, as the last reply of the container said.
 * Source: REST API developer guide, "Sforce-Limit-Info".
 */
export class ApiUsage {
  #share: number | null = null;

  /** From 0 up, 1 when all are used; null before the first reply that says so. */
  get share(): number | null {
    return this.#share;
  }

  /** Takes note of a reply: `api-usage=28/15000`, which others may stand beside. */
  note({ headers }: Pick<HttpReply, 'headers'>): void {
    const [, used, most] =
      /(?:^|[;,\s])api-usage=(\d+)\/(\d+)/.exec(String(headers['sforce-limit-info'] ?? '')) ?? [];
    if (Number(most) > 0) this.#share = Number(used) / Number(most);
  }
}
