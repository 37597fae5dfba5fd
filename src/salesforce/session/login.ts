import { safeUrl } from '../../config/safe-url.ts';
import { jsonOf } from '../../runtime/http/json.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import { type Bounds, requireSuccess, sendOnce, withRetries } from '../call/attempts.ts';
import { AttemptFailed, type Failure, failureOfReply } from '../call/failure.ts';
import type { Credentials } from './credentials.ts';

/** A session of the run-as user. */
export interface Token {
  readonly accessToken: string;
  /** Base URL of the calls, without a trailing slash. */
  readonly instanceUrl: string;
  /** The id of the run-as user; null: the reply does not have it. */
  readonly userId: string | null;
}

/** Remedies for refusals of the token endpoint. Source: Salesforce help, "OAuth 2.0 errors". */
const remedies: Readonly<Record<string, string>> = {
  invalid_client_id: 'Check clientId in the secret; a new app takes some minutes to be known.',
  invalid_client: 'Check clientSecret in the secret.',
  invalid_grant:
    'Give the app a run-as user for the client credentials flow, and use the My Domain URL of the org.',
  unsupported_grant_type: 'Enable the client credentials flow on the app, and use https.',
  invalid_app_access: 'Let the run-as user use the app: its policy admits approved users only.',
  inactive_user: 'Activate the run-as user.',
};

const addressRefused =
  "Salesforce refuses the function's address: set the app's policy IP Relaxation, or allow the address in the login IP ranges of the run-as user's profile. A NAT gateway gives the function fixed addresses.";

function remedy({ code, errorCode, what }: Failure): string | null {
  if (code !== 'LOGIN_REFUSED') return null;
  if (errorCode === 'invalid_grant' && /\bip restricted\b/i.test(what)) return addressRefused;
  return remedies[errorCode ?? ''] ?? 'Check SALESFORCE_OAUTH_URI and the app.';
}

/** Characters that a header can contain. */
const printable = /^[\x21-\x7e]+$/;

/** The user of an identity URL. Source: Salesforce help, "Identity URLs". */
function userOf(identity: unknown): string | null {
  return typeof identity === 'string' ? (/\/(005\w{12,15})$/.exec(identity)?.[1] ?? null) : null;
}

function tokenOf(reply: HttpReply): Token {
  const expected = 'a token and an https instance_url';
  const fields = Object(jsonOf(reply.body)) as Record<string, unknown>;
  const accessToken = fields['access_token'];
  const instance = fields['instance_url'];
  const url = typeof instance === 'string' ? safeUrl(instance) : null;
  if (typeof accessToken !== 'string' || !printable.test(accessToken) || url === null) {
    throw new AttemptFailed(failureOfReply(reply, expected));
  }
  return { accessToken, instanceUrl: url, userId: userOf(fields['id']) };
}

/** A refusal of the token endpoint concerns the credentials, whatever its status. */
function asLogin(error: unknown): unknown {
  if (!(error instanceof AttemptFailed)) return error;
  const { failure } = error;
  const refused = failure.code === 'SALESFORCE_REFUSED' || failure.code === 'SESSION_REFUSED';
  return new AttemptFailed(refused ? { ...failure, code: 'LOGIN_REFUSED' } : failure);
}

/**
 * Logs in with the OAuth 2.0 client credentials flow.
 * Throws `LOGIN_REFUSED`, `SALESFORCE_UNREACHABLE`, `SALESFORCE_UNAVAILABLE`, `SALESFORCE_LIMIT`,
 * `SALESFORCE_REPLY_INVALID`, `DEADLINE_REACHED`.
 * Source: Salesforce help, "OAuth 2.0 Client Credentials Flow for Server-to-Server Integration".
 */
export async function login(
  oauthUri: string,
  credentials: Credentials,
  bounds: Bounds,
): Promise<Token> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  });
  const secrets = [credentials.clientSecret, credentials.clientId];
  const request = {
    method: 'POST',
    url: oauthUri,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: body.toString(),
    repeatable: true,
  } as const;
  const call = { name: `POST ${new URL(oauthUri).pathname}`, repeat: 'always', remedy } as const;
  return withRetries(call, bounds, async (isLast) => {
    try {
      return tokenOf(requireSuccess(await sendOnce(request, bounds, isLast), { secrets }));
    } catch (error) {
      throw asLogin(error);
    }
  });
}
