import type { Place, Sink } from './sink.ts';

/** One thing that is wrong with a sink: its key, and what to do, as a predicate of that key. */
export interface Fault {
  readonly key: string;
  readonly says: string;
}

/** What must hold between the keys of one sink. */
export type Rule = (sink: Sink, place: Place & { region: string }) => readonly (Fault | false)[];

/** A fault where `wrong` holds. */
export function fault(wrong: boolean, key: string, says: string): Fault | false {
  return wrong && { key, says };
}

/** A secret must be there exactly where the way of logging in reads one. */
export function secretFits(
  block: string,
  { auth, secretArn }: { auth: string; secretArn?: string },
  needed: boolean,
): (Fault | false)[] {
  const key = `${block}.secretArn`;
  return [
    fault(needed && secretArn === undefined, key, `is required for auth ${auth}`),
    fault(!needed && secretArn !== undefined, key, `is not used with auth ${auth}; remove it`),
  ];
}
