import { randomBytes } from 'node:crypto';
import type { App } from '../org/app.ts';
import type { Org } from '../org/org.ts';
import { type ApiRequest, bodyText } from './api-request.ts';
import { jsonReply, type Reply } from './reply.ts';

/** Where Salesforce has APIs that are not of one org, as recorded; Bulk API 2.0 is not there. */
const API_INSTANCE_URL = 'https://api.salesforce.com';

/**
 * `POST /services/oauth2/token`: the OAuth 2.0 client credentials flow. Its errors are objects,
 * not arrays, and there is no `expires_in` (Salesforce Help, "OAuth 2.0 Client Credentials Flow
 * for Server-to-Server Integration"; replies seen by clients).
 */
export function token(request: ApiRequest, org: Org): Reply {
  // assumption: token-method.
  if (request.method !== 'POST') return refusal('invalid_request', 'must use HTTP POST');
  const form = new URLSearchParams(bodyText(request) ?? '');
  if (form.get('grant_type') !== 'client_credentials') {
    return refusal('unsupported_grant_type', 'grant type not supported');
  }
  const credentials = readCredentials(request, form);
  const app = org.apps.find(credentials.clientId ?? '');
  if (!app) return refusal('invalid_client_id', 'client identifier invalid');
  if (app.clientSecret !== credentials.clientSecret) {
    return refusal('invalid_client', 'invalid client credentials');
  }
  if (!app.allowsClientCredentials) {
    return refusal('unsupported_grant_type', 'grant type not supported');
  }
  if (!app.hasRunAsUser) return refusal('invalid_grant', 'no client credentials user enabled');
  return grant(app, request, org);
}

interface Credentials {
  readonly clientId: string | null;
  readonly clientSecret: string | null;
}

/** Credentials from the body, else from `Authorization: Basic`. */
function readCredentials(request: ApiRequest, form: URLSearchParams): Credentials {
  if (form.has('client_id')) {
    return { clientId: form.get('client_id'), clientSecret: form.get('client_secret') };
  }
  const basic = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
  const [clientId = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { clientId, clientSecret: secret.join(':') };
}

function grant(app: App, request: ApiRequest, org: Org): Reply {
  return jsonReply({
    access_token: org.sessions.issue(app, request.origin),
    signature: randomBytes(32).toString('base64'),
    token_format: app.tokenFormat,
    scope: app.scope,
    instance_url: request.origin,
    id: `${request.origin}/id/${org.organizationId}/${org.userId}`,
    token_type: 'Bearer',
    issued_at: String(org.now()),
    api_instance_url: API_INSTANCE_URL,
  });
}

function refusal(error: string, description: string): Reply {
  return jsonReply({ error, error_description: description }, 400);
}
