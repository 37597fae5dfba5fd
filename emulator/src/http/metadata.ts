import type { ObjectDescription } from '../object/description.ts';
import type { OrgState } from '../org/org-state.ts';
import { notFound } from './api-error.ts';
import type { Call } from './call.ts';
import { jsonReply, type Reply } from './reply.ts';

/** The supported API versions. */
export const VERSIONS = { oldest: 31, newest: 68 } as const;

/** `GET /services/data`, which needs no login. */
export function listVersions(): Reply {
  const count = VERSIONS.newest - VERSIONS.oldest + 1;
  const versions = Array.from({ length: count }, (_, index) => VERSIONS.oldest + index);
  return jsonReply(
    versions.map((version) => ({
      label: release(version),
      url: `/services/data/v${version}.0`,
      version: `${version}.0`,
    })),
  );
}

/** Three releases a year; v65 is Winter '26. */
function release(version: number): string {
  const steps = version - 65;
  const season = ['Winter', 'Spring', 'Summer'][((steps % 3) + 3) % 3];
  return `${season} '${26 + Math.floor(steps / 3)}`;
}

/** `GET /services/data/vXX.X`: the resources. */
export function listResources({ version }: Call): Reply {
  const base = `/services/data/v${version}`;
  return jsonReply({
    jobs: `${base}/jobs`,
    limits: `${base}/limits`,
    query: `${base}/query`,
    queryAll: `${base}/queryAll`,
    sobjects: `${base}/sobjects`,
  });
}

/** `GET /limits`: the daily allocations that concern Bulk API. */
export function showLimits({ org }: Call): Reply {
  return jsonReply({
    DailyApiRequests: org.apiRequests.view(),
    DailyBulkApiBatches: org.batches.view(),
    DailyBulkV2QueryJobs: { Max: 10_000, Remaining: 10_000 },
  });
}

/** `GET /sobjects`. */
export function listObjects({ org }: Call): Reply {
  return jsonReply({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: org.objects.all().map(withoutFields),
  });
}

/**
 * `GET /sobjects/{Object}/describe`: the describe result, without fields that the user may not see;
 * 304 when it has not changed since `If-Modified-Since`.
 */
export function describeObject(call: Call): Reply {
  const object = findObject(call);
  const { request, org } = call;
  const known = Date.parse(request.headers['if-modified-since'] ?? '');
  const modified = new Date(org.describedAt).toUTCString();
  if (known >= Date.parse(modified)) return { status: 304, headers: {}, body: '' };
  const reply = jsonReply(describedTo(object, org));
  return { ...reply, headers: { ...reply.headers, 'Last-Modified': modified } };
}

/** Without hidden fields (field-level security hides them from describe too). */
function describedTo(object: ObjectDescription, org: OrgState): unknown {
  const source = org.objects.source(object.name) as ObjectDescription;
  const fields = source.fields.flatMap((field) => {
    if (!org.access.sees(object, field)) return [];
    const readOnly = !org.access.writes(object, field);
    return [readOnly ? { ...field, createable: false, updateable: false } : field];
  });
  return { ...source, fields };
}

function findObject({ org, parameters }: Call): ObjectDescription {
  const object = org.objects.find(parameters[0] ?? '');
  if (!object) throw notFound();
  return object;
}

function withoutFields(object: ObjectDescription): Record<string, unknown> {
  const { fields: _, childRelationships: __, recordTypeInfos: ___, ...rest } = object;
  return rest;
}
