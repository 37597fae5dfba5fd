import type { CallName } from '../fault/fault.ts';
import type { Org } from '../org/org.ts';
import { ApiError, errorReply, notFound, sessionExpiredReply } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import type { Route } from './call.ts';
import { refuseHead } from './head-size.ts';
import { identity, introspect, revoke, userInfo } from './identity.ts';
import { listVersions, VERSIONS } from './metadata.ts';
import { token } from './oauth.ts';
import { type Reply, withHeaders } from './reply.ts';
import { apiRoutes } from './routes.ts';

/** First version with Bulk API 2.0 ingest. */
const OLDEST_INGEST = 41;

/** The purpose of a call, and a function that executes it. */
interface Dispatch {
  /** null: a path outside the API, or a call that does not reach it. */
  readonly name: CallName | null;
  readonly answer: () => Reply;
}

/** Finds the route of a call. */
export function dispatch(request: ApiRequest, org: Org): Dispatch {
  const refusal = refuseHead(request);
  if (refusal) return { name: null, answer: () => refusal };
  const outer = dispatchOuter(request, org);
  if (outer) return outer;
  const [, version, path = ''] = /^\/services\/data\/v(\d+\.0)(\/.*)?$/.exec(request.path) ?? [];
  if (version === undefined) {
    return { name: null, answer: () => errorReply(notFound(), 'rest') };
  }
  const candidates = apiRoutes.filter((route) => route.path.test(path));
  const route = candidates.find(({ method }) => method === request.method);
  const shape = path.startsWith('/jobs/') ? 'bulk' : 'rest';
  const resource: Resource = { request, org, version, path, route, candidates, shape };
  return { name: route?.name(request) ?? 'other', answer: () => answerResource(resource) };
}

/** The calls outside `/services/data/vXX.X`. */
function dispatchOuter(request: ApiRequest, org: Org): Dispatch | null {
  const other = (answer: () => Reply): Dispatch => ({ name: 'other', answer });
  switch (request.path) {
    case '/services/oauth2/token':
      return { name: 'token', answer: () => token(request, org) };
    case '/services/oauth2/introspect':
      return other(() => introspect(request, org));
    case '/services/oauth2/revoke':
      return other(() => revoke(request, org));
    case '/services/oauth2/userinfo':
      return other(() => authorize({ request, org }) ?? userInfo(request, org));
    case `/id/${org.organizationId}/${org.userId}`:
      return other(() => authorize({ request, org }) ?? identity(request, org));
    case '/services/data':
      return other(listVersions);
    default:
      return null;
  }
}

interface Resource {
  readonly request: ApiRequest;
  readonly org: Org;
  readonly version: string;
  readonly path: string;
  /** undefined: the path, or its method, is unknown. */
  readonly route: Route | undefined;
  readonly candidates: readonly Route[];
  readonly shape: 'bulk' | 'rest';
}

/** Checks the session, then the allocation, then the call. */
function answerResource(resource: Resource): Reply {
  const { org, shape } = resource;
  const refusal = authorize(resource);
  if (refusal) return refusal;
  // assumption: exhausted-requests.
  if (!org.apiRequests.take()) {
    const error = new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    return errorReply(error, 'rest');
  }
  // Recorded on 2xx and on 404, not on 401. assumption: limit-info-on-errors.
  const limitInfo = { 'Sforce-Limit-Info': `api-usage=${org.apiRequests.usage()}` };
  try {
    return withHeaders(answerRoute(resource), limitInfo);
  } catch (error) {
    if (error instanceof ApiError) return withHeaders(errorReply(error, shape), limitInfo);
    throw error;
  }
}

/** assumption: missing-authorization. */
function authorize({ request, org }: Pick<Resource, 'request' | 'org'>): Reply | null {
  const header = request.headers['authorization'];
  if (header === undefined) return sessionExpiredReply();
  const accessToken = /^(?:Bearer|OAuth) (\S+)$/i.exec(header)?.[1];
  if (accessToken === undefined) {
    return errorReply(new ApiError(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE'), 'rest');
  }
  const app = org.sessions.use(accessToken);
  if (!app) return sessionExpiredReply();
  if (app.scope.split(' ').includes('api')) return null;
  // A new token does not help here (reports of clients).
  const message = 'This session is not valid for use with the REST API';
  return errorReply(new ApiError(401, 'INVALID_SESSION_ID', message), 'rest');
}

function answerRoute(resource: Resource): Reply {
  const { request, org, version, path, route, candidates } = resource;
  checkVersion(Number(version), path);
  if (route) {
    const parameters = (route.path.exec(path) ?? []).slice(1).map(decode);
    return route.answer({ request, org, version, parameters });
  }
  if (candidates.length === 0) throw notFound();
  const allowed = candidates.map(({ method }) => method).join(', ');
  const message = `HTTP Method '${request.method}' not allowed. Allowed are ${allowed}`;
  throw new ApiError(405, 'METHOD_NOT_ALLOWED', message);
}

/** Versions 21 to 30 are retired (REST API guide). assumption: version-errors. */
function checkVersion(version: number, path: string): void {
  if (version < VERSIONS.oldest) {
    throw new ApiError(410, 'GONE', 'The requested API version is no longer available');
  }
  const oldest = path.startsWith('/jobs/ingest') ? OLDEST_INGEST : VERSIONS.oldest;
  if (version > VERSIONS.newest || version < oldest) throw notFound();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notFound();
  }
}
