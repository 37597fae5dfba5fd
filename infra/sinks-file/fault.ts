import type { Place, Sink } from './sink.ts';

/** A problem with a sink: its key, and a predicate of that key that says what to do. */
export interface Fault {
  readonly key: string;
  readonly says: string;
}

/** A rule about the keys of one sink. */
export type Rule = (sink: Sink, place: Place & { region: string }) => readonly (Fault | false)[];

/** A fault if `wrong`. */
export function fault(wrong: boolean, key: string, says: string): Fault | false {
  return wrong && { key, says };
}

/** A secret is required exactly when the authentication reads one. */
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
