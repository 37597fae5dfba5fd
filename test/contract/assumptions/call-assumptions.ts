import type { Api } from '../api.ts';
import { decide } from '../probe.ts';
import { NO_ROWS } from '../row.ts';
import { explain, send } from '../session.ts';
import type { Assumption } from './assumption.ts';

const LIMITS = (api: Api) => `${api.base}/limits`;

/** Logging in, headers, versions and content types. */
export const callAssumptions = {
  'token-method': {
    does: 'A token request that is not a POST is 400 `invalid_request`, `must use HTTP POST`',
    expected: 'invalid-request',
    how: 'A GET of the token endpoint',
    ask: async ({ target }) => {
      const { status, text } = await send(`${target.url}/services/oauth2/token`, { method: 'GET' });
      const expected = { error: 'invalid_request', error_description: 'must use HTTP POST' };
      return decide(`${status} ${text}`, {
        'invalid-request': status === 400 && text === JSON.stringify(expected),
      });
    },
  },
  'missing-authorization': {
    does: 'A call without an Authorization header is answered like an expired session, one with a malformed header by 401 `INVALID_AUTH_HEADER`',
    expected: '401',
    how: 'A call without the header, and one with a header that is malformed',
    ask: async (api) => {
      const url = api.target.url + LIMITS(api);
      const without = explain(await send(url, {}));
      const headers = { authorization: 'nonsense' };
      const malformed = explain(await send(url, { headers }));
      return decide(`without: ${without}; malformed: ${malformed}`, {
        '401':
          without === '401 INVALID_SESSION_ID: Session expired or invalid' &&
          malformed === '401 INVALID_AUTH_HEADER: INVALID_HEADER_TYPE',
      });
    },
  },
  'limit-info-on-errors': {
    does: 'Error replies except 401 have `Sforce-Limit-Info`. Recorded: a 404 with it, a 401 without',
    expected: 'all-but-401',
    how: 'A 404 and a 401, and whether they carry `Sforce-Limit-Info`',
    ask: async (api) => {
      const missing = await api.call('GET', `${api.jobs}/750000000000001AAA`);
      const stranger = await send(api.target.url + LIMITS(api), {
        headers: { authorization: 'Bearer none' },
      });
      const has = [missing, stranger].map(({ headers }) => headers.has('sforce-limit-info'));
      return decide(`404: ${has[0]}, 401: ${has[1]}`, {
        'all-but-401': has.join() === 'true,false',
      });
    },
  },
  'version-errors': {
    does: 'A retired API version (v21 to v30) is 410 `GONE`, an unknown one 404 `NOT_FOUND`. The codes are documented, the messages are not',
    expected: 'gone-and-not-found',
    how: 'Calls of v29.0 and of v999.0',
    ask: async (api) => {
      const retired = explain(await api.call('GET', '/services/data/v29.0/limits'));
      const unknown = explain(await api.call('GET', '/services/data/v999.0/limits'));
      return decide(`${retired}; ${unknown}`, {
        'gone-and-not-found':
          retired === '410 GONE: The requested API version is no longer available' &&
          unknown === '404 NOT_FOUND: The requested resource does not exist',
      });
    },
  },
  'content-types': {
    does: 'The calls take JSON or multipart for a job and `text/csv` for its data; anything else is 415',
    expected: 'documented-only',
    how: 'A PUT as `text/plain`, a POST as `application/xml`',
    ask: async (api) => {
      const id = await api.open();
      const put = await api.call('PUT', `${api.jobs}/${id}/batches`, {
        headers: { 'content-type': 'text/plain' },
        body: NO_ROWS,
      });
      const post = await api.call('POST', api.jobs, {
        headers: { 'content-type': 'application/xml' },
        body: '<jobInfo/>',
      });
      api.record(post);
      const seen = `PUT ${explain(put)}, POST ${explain(post)}`;
      return decide(seen, { 'documented-only': put.status === 415 && post.status === 415 });
    },
  },
  'repeated-slashes': {
    does: 'Several slashes in a row in a path are one. Clients append paths to an instance URL that ends with a slash',
    expected: 'one',
    how: 'A call whose path begins with two slashes',
    ask: async (api) => {
      const { status } = await api.call('GET', `/${LIMITS(api)}`);
      return decide(String(status), { one: status === 200 });
    },
  },
  'null-properties': {
    does: 'A property of a new job that is null counts as absent; salesforce-api sends `"externalIdFieldName": null`',
    expected: 'absent',
    how: 'An insert job with `"externalIdFieldName": null`',
    ask: async (api) => {
      const job = { object: 'Contact', operation: 'insert', externalIdFieldName: null };
      const reply = await api.create(job);
      return decide(explain(reply), { absent: reply.status === 200 });
    },
  },
  'unprocessed-path': {
    does: '`unprocessedrecords` may have any case; simple-salesforce and salesforcer ask for `unprocessedRecords`',
    expected: 'any-case',
    how: '`unprocessedRecords` of a job that failed',
    ask: async (api) => {
      const { id } = await api.run('NoSuchColumn__c\nx\n');
      const reply = await api.call('GET', `${api.jobs}/${id}/unprocessedRecords`);
      return decide(explain(reply), { 'any-case': reply.status === 200 });
    },
  },
} satisfies Record<string, Assumption>;
