import type { Socket } from 'node:net';

/** Says who has opened a connection, such as by the id of a process; null if unknown. */
export type Identify = (connection: Socket) => Promise<number | null>;

/** Asks once for each connection, however many calls it carries. */
export function identifyOnce(identify: Identify): Identify {
  const known = new WeakMap<Socket, Promise<number | null>>();
  return (connection) => {
    const answer = known.get(connection) ?? identify(connection);
    known.set(connection, answer);
    return answer;
  };
}
