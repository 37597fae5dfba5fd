import type { Config } from '../config/config.ts';
import { SinkError } from '../errors.ts';
import { descriptionOf, type ObjectDescription } from '../object/description.ts';
import { jsonOf } from '../runtime/http/json.ts';
import { AttemptFailed, failureOfReply } from './call/failure.ts';
import type { Client } from './session/client.ts';

type Sink = Pick<Config, 'object' | 'apiVersion'>;

/** Whether a refusal concerns the object, rather than the API, its version or the instance. */
function isOfObject({ code, status, errorCode }: SinkError): boolean {
  if (code !== 'SALESFORCE_REFUSED') return false;
  if (errorCode === null) return status === 403;
  return status !== 410 && errorCode !== 'API_DISABLED_FOR_ORG';
}

function withRemedy(error: unknown, { object }: Sink): unknown {
  if (!(error instanceof SinkError && isOfObject(error))) return error;
  const what =
    error.status === 404
      ? `The org has no object ${object}, or the run-as user may not see it`
      : `The run-as user may not describe ${object} (${error.status} ${error.errorCode ?? ''})`;
  return new SinkError(
    'OBJECT_INVALID',
    `${what}. Check SALESFORCE_OBJECT and the user's permissions; UNKNOWN_FIELDS=send does without the description.`,
    { cause: error, errorCode: error.errorCode, status: error.status },
  );
}

/** Reads the description of an object. Throws `OBJECT_INVALID`, and as `Client.call` does. */
export async function describe(client: Client, sink: Sink): Promise<ObjectDescription> {
  const path = `/services/data/${sink.apiVersion}/sobjects/${sink.object}/describe`;
  try {
    return await client.call({ method: 'GET', path, repeat: 'always' }, (reply) => {
      const description = descriptionOf(jsonOf(reply.body));
      if (description !== null) return description;
      throw new AttemptFailed(failureOfReply(reply, 'a description in JSON'));
    });
  } catch (error) {
    throw withRemedy(error, sink);
  }
}

/**
 * Reads the description of an object that the sink does not write; null if the run-as user may not.
 * Throws as `Client.call` does.
 */
export async function describeIfAllowed(
  client: Client,
  sink: Sink,
): Promise<ObjectDescription | null> {
  try {
    return await describe(client, sink);
  } catch (error) {
    if (error instanceof SinkError && error.code === 'OBJECT_INVALID') return null;
    throw error;
  }
}
