/** What tells one step of the protocol from another. */
export interface Call {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** The header `x-amz-target`, by which AWS JSON services tell their actions apart. */
  readonly target: string | null;
  /** As text. */
  readonly body: string;
}

const jobsPath = '/services/data/v[0-9.]+/jobs/ingest';

/** Salesforce's calls, by the names that the emulator gives them; `JOBS` is its path. */
const salesforceSteps: readonly (readonly [method: string, path: string, step: string])[] = [
  ['POST', '/services/oauth2/token', 'token'],
  ['POST', 'JOBS', 'create'],
  ['GET', 'JOBS', 'list'],
  ['GET', 'JOBS/[^/]+', 'info'],
  ['PATCH', 'JOBS/[^/]+', 'close'],
  ['DELETE', 'JOBS/[^/]+', 'delete'],
  ['PUT', 'JOBS/[^/]+/batches', 'upload'],
  ['GET', 'JOBS/[^/]+/successfulResults', 'successfulResults'],
  ['GET', 'JOBS/[^/]+/failedResults', 'failedResults'],
  ['GET', 'JOBS/[^/]+/unprocessedrecords', 'unprocessedrecords'],
  ['GET', '/services/data/v[0-9.]+/sobjects/[^/]+/describe', 'describe'],
  ['GET', '/services/data/v[0-9.]+/limits', 'limits'],
  ['GET', '/services/data/v[0-9.]+/query(/[^/]+)?', 'query'],
];

const patterns = salesforceSteps.map(([method, path, step]) => {
  const pattern = new RegExp(`^${path.replace('JOBS', jobsPath)}/?$`);
  return { method, pattern, step };
});

/**
 * The step that a call is: the action of an AWS service (`GetSecretValue`, `PutItem`,
 * `SendMessageBatch`), or the purpose of a call to Salesforce (`token`, `create`, `upload`,
 * `close`, `abort`, `info`, …). Any other call is `other`.
 */
export function stepOf({ method, path, target, body }: Call): string {
  if (target !== null) return target.slice(target.lastIndexOf('.') + 1);
  const [bare = ''] = path.split('?');
  const known = patterns.find((entry) => entry.method === method && entry.pattern.test(bare));
  if (known?.step === 'close' && /"Aborted"/.test(body)) return 'abort';
  return known?.step ?? 'other';
}
