import type { WholeReply } from './forward.ts';
import type { Call } from './step.ts';

/** A call on its way through the proxy. */
export interface ProxiedCall extends Call {
  /** See `stepOf`. */
  readonly step: string;
  /** Who has made it, as far as the proxy's `identify` knows. */
  readonly client: number | null;
}

/** What happens instead of the answer. */
export type FaultAction =
  /** An answer with this status; without a body when there is none given. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /** No answer, ever. */
  | { readonly kind: 'silence' }
  /** A 200 with a page of HTML, or with this body, as a gateway on the way may answer. */
  | { readonly kind: 'malformed'; readonly body?: string }
  /** Something is done, such as killing the client, and the connection dropped when it is done. */
  | { readonly kind: 'call'; readonly run: () => void | Promise<void> }
  /** The target's own answer, changed; `when` must be `after`. */
  | { readonly kind: 'rewrite'; readonly reply: (reply: WholeReply) => WholeReply };

/** A fault of the calls that match. */
export interface Fault {
  readonly match: (call: ProxiedCall) => boolean;
  /**
   * `before`: the target never gets the call. `after`: it has answered, and the answer is lost.
   * `answered`: the client has been sent the answer; only the action `call` makes sense then.
   */
  readonly when: 'before' | 'after' | 'answered';
  readonly action: FaultAction;
  /** How often it happens; default 1. */
  readonly times?: number;
  /** How many matching calls it lets pass first; default 0. */
  readonly skip?: number;
}

/** The faults that are still to happen, in the order in which they were armed. */
export class ArmedFaults {
  readonly #armed: { readonly fault: Fault; skip: number; times: number }[] = [];

  /** Arms a fault. */
  arm(fault: Fault): void {
    this.#armed.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  /**
   * The fault that hits a call at this point, null for none. The first that is due is used up by
   * one; every one before it that matches lets the call pass and counts it.
   */
  take(call: ProxiedCall, when: Fault['when']): Fault | null {
    for (const entry of this.#armed) {
      const { fault } = entry;
      if (fault.when !== when || entry.times === 0 || !fault.match(call)) continue;
      if (entry.skip === 0) {
        entry.times -= 1;
        return fault;
      }
      entry.skip -= 1;
    }
    return null;
  }
}

/** A call that the proxy has seen. */
export interface SeenCall extends ProxiedCall {
  /** What the target answered, null as long as it has not, and when it never got the call. */
  readonly targetStatus: number | null;
  /** The injected fault, null for none. */
  readonly fault: Fault | null;
}
