import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { limits } from '../../../infra/limits/limits.ts';
import { resolved } from '../../../infra/limits/resolved.ts';
import type { Resource } from '../../../infra/stack/cloudformation.ts';
import { type Stack, stack } from '../../../infra/stack/stack.ts';
import { fileOf, fileWith, read, sampleClusterArn, sampleKeyArn, yamlOf } from '../given.ts';
import { anyFile, anyStageName } from './any-stage.ts';

vi.setConfig({ testTimeout: 240_000 });

const org = { object: 'Contact', salesforceUri: 'https://acme.my.salesforce.com' };
const kafka = { kind: 'msk', clusterArn: sampleClusterArn };

interface Measured {
  readonly got: number;
  readonly most: number;
}

/** What AWS publishes, as numbers of their own, measured in the stack that would be deployed. */
function measure({ functions, resources, tags }: Stack): Record<string, Measured> {
  const made = Object.entries(resources.Resources);
  const ofType = (type: string) => made.filter(([, { Type }]) => Type === type);
  const one = ([, resource]: [string, Resource]) => resolved(resource.Properties) as never;
  const compact = (value: unknown) => JSON.stringify(value).replaceAll(/\s/g, '').length;
  const most = (numbers: readonly number[]) => Math.max(0, ...numbers);
  const definitions = Object.values(functions);
  const lengthOf = (key: string) => most(definitions.map((one) => String(one[key] ?? '').length));
  const body = ofType('AWS::CloudWatch::Dashboard').map(
    (entry) => JSON.parse((one(entry) as { DashboardBody: string }).DashboardBody).widgets,
  )[0] as { properties: { metrics?: unknown[]; alarms?: unknown[] } }[];
  const metrics = body.map(({ properties }) => properties.metrics?.length ?? 0);
  const inline = ofType('AWS::IAM::Role').map((entry) =>
    (one(entry) as { Policies: { PolicyDocument: unknown }[] }).Policies.reduce(
      (sum, { PolicyDocument }) => sum + compact(PolicyDocument),
      0,
    ),
  );
  const managed = ofType('AWS::IAM::ManagedPolicy').map((entry) =>
    compact((one(entry) as { PolicyDocument: unknown }).PolicyDocument),
  );
  const mappings = ofType('AWS::Lambda::EventSourceMapping').map((entry) => one(entry)) as {
    Topics: string[];
    FilterCriteria?: { Filters: { Pattern: string }[] };
    SourceAccessConfigurations?: { URI: string }[];
    DestinationConfig?: { OnFailure: { Destination: string } };
  }[];
  const patterns = mappings.map(({ FilterCriteria }) => FilterCriteria?.Filters ?? []);
  const queries = ofType('AWS::Logs::QueryDefinition').map((entry) => one(entry)) as {
    LogGroupNames: unknown[];
  }[];
  return {
    // With the schedule of the doctor, its permission, and the bucket with its policy.
    resources: { got: made.length + 2 * definitions.length + 4, most: 500 },
    templateBytes: { got: Buffer.byteLength(JSON.stringify({ functions, resources })), most: 1e6 },
    outputs: { got: Object.keys(resources.Outputs).length, most: 200 },
    tags: { got: Object.keys(tags).length + 1, most: 50 },
    functionName: { got: lengthOf('name'), most: 64 },
    description: { got: lengthOf('description'), most: 256 },
    environment: {
      got: most(definitions.map(({ environment }) => JSON.stringify(resolved(environment)).length)),
      most: 4096,
    },
    inline: { got: most(inline), most: 10_240 },
    managed: { got: most(managed), most: 6144 },
    managedPolicies: { got: managed.length, most: 10 },
    widgets: { got: body.length, most: 500 },
    metrics: { got: metrics.reduce((sum, n) => sum + n, 0), most: 2500 },
    widgetMetrics: { got: most(metrics), most: 500 },
    widgetAlarms: {
      got: most(body.map(({ properties }) => properties.alarms?.length ?? 0)),
      most: 100,
    },
    alarmNames: {
      got: most(
        ofType('AWS::CloudWatch::Alarm').map(
          (entry) => (one(entry) as { AlarmName: string }).AlarmName.length,
        ),
      ),
      most: 255,
    },
    topics: { got: most(mappings.map(({ Topics: [topic = ''] }) => topic.length)), most: 249 },
    patterns: { got: most(patterns.map((list) => list.length)), most: 5 },
    pattern: { got: most(patterns.flat().map(({ Pattern }) => Pattern.length)), most: 4096 },
    accesses: {
      got: most(mappings.map((mapping) => mapping.SourceAccessConfigurations?.length ?? 0)),
      most: 22,
    },
    accessUri: {
      got: most(
        mappings.flatMap((mapping) =>
          (mapping.SourceAccessConfigurations ?? []).map(({ URI }) => URI.length),
        ),
      ),
      most: 200,
    },
    logGroups: { got: most(queries.map((query) => query.LogGroupNames.length)), most: 50 },
  };
}

const exceeded = (made: Stack) =>
  Object.entries(measure(made)).filter(([, { got, most }]) => got > most);

test('whatever a file of up to 200 sinks holds and its stage is called, its stack is within the limits of AWS, or refused with a remedy', () => {
  const ends = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(anyFile, anyStageName, (content, stageName) => {
      const { stage, problems } = read(yamlOf(content), stageName);
      ends[stage === null ? 'refused' : 'taken'] += 1;
      for (const problem of problems) expect(problem).toMatch(/^line \d+: \S/);
      if (stage !== null) expect(exceeded(stack(stage))).toEqual([]);
      else expect(problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 80, seed: 11 },
  );
  expect(ends.taken).toBeGreaterThan(5);
  expect(ends.refused).toBeGreaterThan(5);
});

test('a file that is refused for its size alone would exceed a limit of AWS, or nearly', () => {
  const most = Array.from({ length: 60 }, (_, n) => n + 1).findLast(
    (count) => read(fileOf(count)).stage !== null,
  );
  expect(most).toBe(37);
  const { got } = measure(stack(read(fileOf(37)).stage!))['resources']!;
  expect(got + 13).toBeGreaterThan(500);
});

test('a hundred sinks are refused with the reason, and with what to do', () => {
  const { problems } = read(fileOf(100));
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^line \d+: sinks would make 1,3\d\d resources; a stack has at most 500 resources: divide the sinks among 3 files, such as infra\/sinks\/test-2\.yml, each deployed as a stage of its own \(docs\/CONFIGURATION\.md, "Limits of AWS"\)$/,
      ),
    ]),
  );
});

test('a hundred sinks in as many files as that says are taken', () => {
  for (const count of [34, 33, 33]) expect(read(fileOf(count)).problems).toEqual([]);
});

describe('a limit is named with sink, key and remedy', () => {
  test('the name of the doctor', () => {
    const source = stringify({ sinks: { a: { topic: 'people', ...org, kafka } } });
    expect(read(source, 's'.repeat(37)).problems).toEqual([]);
    expect(read(source, 's'.repeat(38)).problems).toEqual([
      `line 2: sinks would make msk-salesforce-sink-${'s'.repeat(38)}-doctor, 65 characters; the name of a function has at most 64 characters: choose a stage name of at most 37 characters`,
    ]);
  });

  test('a large FIELD_MAP', () => {
    const names = Array.from({ length: 120 }, (_, n) => [
      `source_field_${n}`,
      `Target_Field_${n}__c`,
    ]);
    const { problems } = read(fileWith({ settings: { FIELD_MAP: Object.fromEntries(names) } }));
    expect(problems).toEqual([
      expect.stringMatching(
        /^line \d+: sink contacts, settings would make 5,\d\d\d bytes; the environment of a function has at most 4,096 bytes: shorten FIELD_MAP, the longest$/,
      ),
    ]);
  });

  test('many tags', () => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag${n}`, 'x']));
    expect(read(fileWith({}, { tags })).problems).toEqual([
      'line 2: tags would make 51 tags; a stack has at most 50 tags: remove some',
    ]);
  });

  test('large filters of many sinks', () => {
    const filter = Array.from({ length: 5 }, (_, n) => ({ type: [`${n}${'v'.repeat(4000)}`] }));
    const { problems } = read(fileOf(36, () => ({ filter })));
    expect(problems).toEqual([
      expect.stringMatching(
        /sinks would make 1,\d\d\d,\d\d\d bytes; a template has at most 1,000,000 bytes: divide the sinks among 2 files/,
      ),
    ]);
  });
});

test('as many sinks as fit, with secrets and keys of their own leave the doctor within its policies', () => {
  const { stage, problems } = read(
    fileOf(37, (n) => ({
      salesforceSecret: `${'s'.repeat(100)}${n}`,
      salesforceSecretKeyArn: `${sampleKeyArn}${n}`,
    })),
  );
  // Each group of sinks takes a policy, which is a resource too.
  if (stage !== null) expect(exceeded(stack(stage))).toEqual([]);
  else expect(problems).toEqual([expect.stringContaining('a stack has at most 500 resources')]);
  const { stage: fewer } = read(
    fileOf(35, (n) => ({
      salesforceSecret: `${'s'.repeat(100)}${n}`,
      salesforceSecretKeyArn: `${sampleKeyArn}${n}`,
    })),
  );
  expect(exceeded(stack(fewer!))).toEqual([]);
});

test('docs/CONFIGURATION.md has a row for each limit, with its source', () => {
  const text = readFileSync('docs/CONFIGURATION.md', 'utf8');
  const rows = text.split('\n### Limits of AWS\n')[1]?.split('\n## ')[0]?.split('\n') ?? [];
  const expected = Object.values(limits).map(
    ({ of, most, unit, keys, source }) =>
      `| ${of} | ${most.toLocaleString('en-US')} ${unit} | ${keys} | [source](${source}) |`,
  );
  expect(rows.filter((line) => line.startsWith('| ') && line.includes('[source]'))).toEqual(
    expected,
  );
});
