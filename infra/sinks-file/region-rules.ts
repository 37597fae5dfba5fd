import type { Fault, Rule } from './fault.ts';
import type { TopKeys } from './schema.ts';

/** The partition and the region of an ARN, which is empty where it has none; null: it is no ARN. */
function placeOf(text: string): { readonly partition: string; readonly region: string } | null {
  const [scheme, partition = '', , region = ''] = text.split(':');
  return scheme === 'arn' ? { partition, region } : null;
}

/**
 * Partitions by their regions; all others are in `aws`. Source: AWS SDK for JavaScript,
 * "partitions.json", `regionRegex`.
 */
const partitions = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^eu-isoe-/, 'aws-iso-e'],
  [/^us-isof-/, 'aws-iso-f'],
] as const;

const partitionOf = (region: string): string =>
  partitions.find(([regions]) => regions.test(region))?.[1] ?? 'aws';

function* textsIn(value: unknown, key: string): Generator<readonly [key: string, text: string]> {
  if (typeof value === 'string') yield [key, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* textsIn(inner, `${key}.${name}`);
}

/** What is wrong with the place of an ARN in a file of `region`; null: nothing, or it is no ARN. */
function misplaced(text: string, region: string): string | null {
  const place = placeOf(text);
  if (place === null) return null;
  if (place.region !== '' && place.region !== region) {
    return `is in ${place.region}, but region is ${region}; make them the same`;
  }
  const right = partitionOf(region);
  if (place.partition === right) return null;
  return `begins with arn:${place.partition}:, but the partition of region ${region} is ${right}; write arn:${right}:`;
}

function elsewhere(
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
  region: string,
): Fault[] {
  return names
    .flatMap((name) => [...textsIn(values[name], name)])
    .flatMap(([key, text]) => {
      const says = misplaced(text, region);
      return says === null ? [] : [{ key, says }];
    });
}

/** The keys of a sink with ARNs. */
const keysOfSinks = [
  ...['kafka', 'schemaRegistry', 'salesforceSecret', 'salesforceSecretKeyArn', 'onFailure'],
  'onFailureKeyArn',
];

/**
 * A mapping and its function use clusters, secrets, keys and queues of their own region only, and name
 * all that they use by its partition.
 */
export const sameRegion: Rule = (sink, place) => elsewhere({ ...sink }, keysOfSinks, place.region);

/** The same for the keys of the file. */
export function regionFaults(keys: TopKeys): Fault[] {
  const names = ['alarmTopicArn', 'kmsKeyArn', 'permissionsBoundary'];
  return elsewhere({ ...keys }, names, keys.region);
}
