import type { Target } from './target.ts';

/** A reply. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A session that makes plain HTTP calls. */
export interface Session {
  readonly target: Target;
  /** `/services/data/vXX.X`. */
  readonly base: string;
  call(method: string, path: string, init?: RequestInit): Promise<Reply>;
  json(method: string, path: string, body: unknown): Promise<Reply>;
}

/**
 * Logs in.
 * Throws Error with the reply when the login fails.
 */
export async function logIn(target: Target): Promise<Session> {
  const login = await requestToken(target);
  const { access_token: token, instance_url: instance } = JSON.parse(login.text);
  if (typeof token !== 'string') throw new Error(`Login failed: ${login.text}`);
  const call = (method: string, path: string, init: RequestInit = {}) =>
    send(instance + path, {
      ...init,
      method,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
    });
  const json = (method: string, path: string, body: unknown) =>
    call(method, path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { target, base: `/services/data/${target.version}`, call, json };
}

/** `POST /services/oauth2/token`; `fields` override the valid ones. */
export function requestToken(target: Target, fields: object = {}): Promise<Reply> {
  const form = {
    grant_type: 'client_credentials',
    client_id: target.clientId,
    client_secret: target.clientSecret,
    ...fields,
  };
  return send(`${target.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
}

/** One request. */
export async function send(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Status, `errorCode` and message of an error reply, such as `400 INVALIDJOB: …`; else the status. */
export function explain({ status, text }: Reply): string {
  if (!text.startsWith('[')) return String(status);
  const { errorCode, message } = JSON.parse(text)[0];
  return `${status} ${errorCode}: ${message}`;
}

/**
 * The reply, if it is no error.
 * Throws Error with the text of `explain`.
 */
export function good(reply: Reply): Reply {
  if (reply.status < 300) return reply;
  throw new Error(explain(reply));
}
