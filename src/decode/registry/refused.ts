import { SinkError } from '../../errors.ts';
import type { HttpReply } from '../../runtime/http/send.ts';

/** The error of a 404 that does not come from the registry. */
export const wrongPath = (path: string): SinkError =>
  new SinkError(
    'SCHEMA_REGISTRY_REFUSED',
    `GET ${path} answered 404 without a registry's error code. Check SCHEMA_REGISTRY_URL, including its path.`,
    { status: 404 },
  );

/** The error of a 404 for a GUID that does not come from the registry, or from one without this path. */
export const withoutGuids = (path: string): SinkError =>
  new SinkError(
    'SCHEMA_REGISTRY_REFUSED',
    `GET ${path} answered 404 without the code of an unknown schema. The registry may be one that knows no GUIDs: let the serializer write ids into the value (PrefixSchemaIdSerializer), use a registry with this path, or check SCHEMA_REGISTRY_URL.`,
    { status: 404 },
  );

/** The error of a reply that is not what the registry's API says. */
export const invalidReply = (path: string, { status }: HttpReply): SinkError =>
  new SinkError(
    'SCHEMA_REGISTRY_REPLY_INVALID',
    `GET ${path} answered ${status} with something other than a schema. A proxy may have answered: check SCHEMA_REGISTRY_URL and proxies.`,
    { status },
  );
