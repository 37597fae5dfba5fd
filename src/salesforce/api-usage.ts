import type { HttpReply } from '../runtime/http/send.ts';

/**
 * The used share of the org's daily API calls, from the last reply that this container got.
 * Source: REST API developer guide, "Sforce-Limit-Info".
 */
export class ApiUsage {
  #share: number | null = null;

  /** From 0; 1 when all are used; null before the first reply with the header. */
  get share(): number | null {
    return this.#share;
  }

  /** Reads the header of a reply, such as `api-usage=28/15000`, perhaps with other limits beside it. */
  read({ headers }: Pick<HttpReply, 'headers'>): void {
    const [, used, most] =
      /(?:^|[;,\s])api-usage=(\d+)\/(\d+)/.exec(String(headers['sforce-limit-info'] ?? '')) ?? [];
    if (Number(most) > 0) this.#share = Number(used) / Number(most);
  }
}
