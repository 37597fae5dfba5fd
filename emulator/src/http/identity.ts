import type { App } from '../org/app.ts';
import { INTEGRATION_USER } from '../org/integration-user.ts';
import type { Org } from '../org/org.ts';
import { type ApiRequest, bodyText } from './api-request.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';

const USERNAME = INTEGRATION_USER.Username;

/** `/services/oauth2/userinfo`: the user of the token. */
export function userInfo(request: ApiRequest, org: Org): Reply {
  return jsonReply({
    sub: identityUrl(request, org),
    user_id: org.userId,
    organization_id: org.organizationId,
    preferred_username: USERNAME,
    name: 'Integration User',
    email: USERNAME,
    urls: urls(request, org),
    active: true,
    user_type: 'STANDARD',
  });
}

/** `/id/{organization}/{user}`: the identity URL of the token reply. */
export function identity(request: ApiRequest, org: Org): Reply {
  return jsonReply({
    id: identityUrl(request, org),
    asserted_user: true,
    user_id: org.userId,
    organization_id: org.organizationId,
    username: USERNAME,
    display_name: 'Integration User',
    email: USERNAME,
    urls: urls(request, org),
    active: true,
    user_type: 'STANDARD',
  });
}

/** `POST /services/oauth2/introspect`: whether a token is valid, and its expiry in epoch seconds. */
export function introspect(request: ApiRequest, org: Org): Reply {
  const token = new URLSearchParams(bodyText(request) ?? '').get('token') ?? '';
  const expiry = org.sessions.expiry(token);
  if (expiry === null || expiry <= org.now()) return jsonReply({ active: false });
  const app: App | null = org.sessions.appOf(token);
  return jsonReply({
    active: true,
    scope: app?.scope,
    client_id: app?.clientId,
    username: USERNAME,
    sub: identityUrl(request, org),
    token_type: 'access_token',
    exp: Math.floor(expiry / 1000),
  });
}

/** `/services/oauth2/revoke`: ends a token. */
export function revoke(request: ApiRequest, org: Org): Reply {
  const form = new URLSearchParams(bodyText(request) ?? '');
  org.sessions.revoke(form.get('token') ?? request.query.get('token') ?? '');
  return emptyReply(200);
}

function identityUrl({ origin }: ApiRequest, org: Org): string {
  return `${origin}/id/${org.organizationId}/${org.userId}`;
}

function urls({ origin }: ApiRequest, org: Org): Record<string, string> {
  return {
    rest: `${origin}/services/data/v{version}/`,
    sobjects: `${origin}/services/data/v{version}/sobjects/`,
    profile: `${origin}/${org.userId}`,
  };
}
