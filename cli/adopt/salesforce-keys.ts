import { renamed, silent, type Translate, warns, within } from './translation.ts';

const sourceOnly = warns('belongs to the source connector and has no effect on a sink');

const uri: Translate = (value) => ({
  sink: { salesforceUri: value.replace(/\/+$/, '') },
  ...(/^https:\/\/(login|test)\./.test(value)
    ? { warning: 'is not a My Domain URL; use https://<domain>.my.salesforce.com' }
    : {}),
});

const oauthUri: Translate = (value, config) => {
  const usual = `${(config['salesforce.uri'] ?? '').replace(/\/+$/, '')}/services/oauth2/token`;
  if (value === usual) return {};
  const settings = { SALESFORCE_OAUTH_URI: value };
  if (!/^https:\/\/(login|test)\./.test(value)) return { settings };
  return {
    warning: `is left out: ${value} does not support client credentials; the My Domain does`,
  };
};

/** The keys of Aiven's Salesforce sink, and those that its fork by dougdalo adds. */
export const salesforceKeys: Readonly<Record<string, Translate>> = {
  'salesforce.bulk.api.sink.object': renamed('object'),
  'salesforce.bulk.api.sink.operation': renamed('operation'),
  'salesforce.bulk.api.sink.external.id.field': renamed('externalIdField'),
  'salesforce.bulk.api.sink.record.operation.field': warns(
    'has no equivalent: a sink has one operation; split the topic, or define a sink for each',
  ),
  'salesforce.client.id': silent,
  'salesforce.client.secret': silent,
  'salesforce.uri': uri,
  'salesforce.oauth.uri': oauthUri,
  'salesforce.api.version': (value) =>
    value === 'v65.0' ? {} : { settings: { SALESFORCE_API_VERSION: value } },
  'salesforce.max.retries': (value) => ({
    settings: { SALESFORCE_MAX_RETRIES: within(value, [0, 10]) },
    warning:
      'is the number of retries of each call here; the connector never retried an upload, and counted failed polls',
  }),
  'salesforce.status.check.wait': (value) => ({
    settings: { POLL_MAX_WAIT_SECONDS: within(value, [1, 300]) },
    warning: 'is the longest wait between two polls here; the first waits are shorter',
  }),
  'salesforce.max.records': sourceOnly,
  'salesforce.soql.query.wait': sourceOnly,
  'topic.prefix': sourceOnly,
};
