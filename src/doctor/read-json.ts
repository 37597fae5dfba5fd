import type * as z from 'zod/mini';
import { jsonOf } from '../runtime/http/json.ts';
import { AttemptFailed, failureOfReply } from '../salesforce/call/failure.ts';
import type { Client } from '../salesforce/session/client.ts';

/** Reads JSON of a schema. Throws as `Client.call` does. */
export function readJson<T>(client: Client, path: string, shape: z.ZodMiniType<T>): Promise<T> {
  return client.call({ method: 'GET', path, repeat: 'always' }, (reply) => {
    const parsed = shape.safeParse(jsonOf(reply.body));
    if (parsed.success) return parsed.data;
    throw new AttemptFailed(failureOfReply(reply, 'what Salesforce sends'));
  });
}
