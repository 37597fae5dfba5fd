import { safeUrl } from '../../config/safe-url.ts';
import { SinkError } from '../../errors.ts';
import type { Deadline } from '../../runtime/deadline.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { get } from './call.ts';

/** User and password for HTTP basic authentication. */
export interface RegistryLogin {
  readonly user: string;
  readonly password: string;
}

/** Reads the login; null when there is none. `fresh` bypasses every cache. */
export type ReadRegistryLogin = (
  deadline: Deadline,
  fresh: boolean,
) => Promise<RegistryLogin | null>;

/** What a registry's client needs. */
export interface RegistryParts {
  /** Without a trailing slash. */
  readonly url: string;
  readonly readLogin: ReadRegistryLogin;
  readonly runtime: Runtime;
  readonly maxRetries: number;
}

/** The `Authorization` header of a login; null when there is none. Never sent over plain http. */
function basic(login: RegistryLogin | null, url: string): string | null {
  if (login === null) return null;
  if (safeUrl(url) === null) {
    throw new SinkError(
      'CONFIG_INVALID',
      'The secret contains a login for the Schema Registry, but SCHEMA_REGISTRY_URL is plain http, which would expose it. Use https, or remove schemaRegistryUser and schemaRegistryPassword from the secret.',
    );
  }
  return `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
}

/**
 * Sends a GET with the login, as `get` does. After a 401 it reads the login again without cache, since
 * the secret may have been rotated. Throws `CONFIG_INVALID` for a login over plain http, and the errors
 * of `readLogin`.
 */
export async function authorizedGet(
  { url, readLogin, runtime, maxRetries }: RegistryParts,
  path: string,
  deadline: Deadline,
): Promise<HttpReply> {
  const bounds = { runtime, maxRetries, deadline };
  const authorization = basic(await readLogin(deadline, false), url);
  try {
    return await get({ url, path, authorization }, bounds);
  } catch (error) {
    if (!(error instanceof SinkError && error.status === 401)) throw error;
    const rotated = basic(await readLogin(deadline, true), url);
    if (rotated === authorization) throw error;
    return get({ url, path, authorization: rotated }, bounds);
  }
}
