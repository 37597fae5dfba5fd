import type { Fault, Rule } from './fault.ts';
import type { TopKeys } from './schema.ts';

/** The region of an ARN; null where it has none, and for what is no ARN. */
function regionOf(text: string): string | null {
  const [scheme, , , region = ''] = text.split(':');
  return scheme === 'arn' && region !== '' ? region : null;
}

function* textsIn(value: unknown, key: string): Generator<readonly [key: string, text: string]> {
  if (typeof value === 'string') yield [key, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* textsIn(inner, `${key}.${name}`);
}

function elsewhere(
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
  region: string,
): Fault[] {
  return names
    .flatMap((name) => [...textsIn(values[name], name)])
    .filter(([, text]) => (regionOf(text) ?? region) !== region)
    .map(([key, text]) => ({
      key,
      says: `is in ${regionOf(text)}, but region is ${region}; make them the same`,
    }));
}

/** The keys of a sink with ARNs. */
const keysOfSinks = [
  ...['kafka', 'schemaRegistry', 'salesforceSecret', 'salesforceSecretKeyArn', 'onFailure'],
];

/** A mapping and its function use clusters, secrets, keys and queues of their own region only. */
export const sameRegion: Rule = (sink, place) => elsewhere({ ...sink }, keysOfSinks, place.region);

/** The same for the keys of the file. */
export function regionFaults(keys: TopKeys): Fault[] {
  return elsewhere({ ...keys }, ['alarmTopicArn', 'kmsKeyArn'], keys.region);
}
