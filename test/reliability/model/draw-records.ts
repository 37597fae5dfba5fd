import { drawKey, type GivenKey } from './draw-keys.ts';
import { drawTrouble } from './draw-trouble.ts';
import { drawValues, textForm, type ValueDraw } from './draw-values.ts';
import { deletes } from './meaning.ts';
import type { Random } from './random.ts';
import type { GivenRecord, GivenSetup, GivenValue, Kind, Trouble } from './scenario.ts';

/** How often a record is of which kind, where it can be. */
function kindsOf({
  operation,
  tolerance,
  unknownFields,
  tombstones,
}: GivenSetup): Record<Kind, number> {
  const isDelete = deletes({ operation });
  // These would have to be corrected, or the topic would be blocked.
  const tolerated = tolerance === 'all' ? 1 : 0;
  return {
    good: 70,
    locked: 10,
    refused: isDelete ? 0 : 8,
    invalid: isDelete ? 0 : 4 * tolerated,
    broken: 3 * tolerated,
    // One unknown field would fail each job.
    'unknown field':
      isDelete || unknownFields === 'send' ? 0 : unknownFields === 'drop' ? 3 : 3 * tolerated,
    'no key': operation === 'insert' ? 0 : 2 * tolerated,
    tombstone: 3 * tolerated,
    // An update of a row that was deleted would be refused for ever.
    delete: tombstones === 'delete' && (operation === 'upsert' || tolerated) ? 25 : 0,
  };
}

/** A record's value as plain JSON, or in Connect's envelope. */
function textOf(values: readonly GivenValue[], isEnvelope: boolean): string {
  if (!isEnvelope) return `{${values.map(({ name, json }) => `"${name}":${json}`).join(',')}}`;
  const fields = values.map(({ name, connect }) => ({ field: name, ...connect?.schema }));
  const schema = JSON.stringify({ type: 'struct', fields });
  const payload = values.map(({ name, connect }) => `"${name}":${connect?.json}`).join(',');
  return `{"schema":${schema},"payload":{${payload}}}`;
}

const given = (field: string, text: string): GivenValue =>
  ({ ...textForm(text), name: field, field }) as GivenValue;

/** The fields of a record of that kind besides its key. */
function valuesOf(
  kind: Kind,
  draw: ValueDraw,
  name: string,
  trouble: Trouble | null,
): GivenValue[] {
  const { operation } = draw.setup;
  if (deletes(draw.setup)) return [];
  const isNamed = operation !== 'update' || draw.random.chance(0.5);
  const values = isNamed ? [given('LastName', name), ...drawValues(draw)] : drawValues(draw);
  const invalid = kind === 'invalid' ? [given('Email', `${name} is no address`)] : [];
  const troubled = trouble === null ? [] : [given(trouble.column, trouble.text)];
  // Where it is written at all, it is written without that field.
  const nowhere = { ...given('Nowhere__c', name), means: undefined };
  const unknown = kind === 'unknown field' ? [nowhere] : [];
  const without = new Set([...invalid, ...troubled].map(({ field }) => field));
  return [
    ...values.filter(({ field }) => !without.has(field)),
    ...invalid,
    ...troubled,
    ...unknown,
  ];
}

interface Place {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
}

/** The key as a value of the record. */
const keyValues = (key: GivenKey | null): GivenValue[] =>
  key === null
    ? []
    : [{ name: key.name, json: key.json, field: key.name, means: undefined, connect: null }];

/** The value of a record as Kafka has it; null for none. */
function drawText(random: Random, kind: Kind, values: readonly GivenValue[]): string | null {
  const isEnvelope = values.every(({ connect }) => connect !== null) && random.chance(0.3);
  const text = textOf(values, isEnvelope);
  if (kind === 'tombstone') return null;
  return kind === 'broken' ? text.slice(0, -1 - random.int(0, 3)) : text;
}

/** A delete without a value, which goes by the key of the record, or one of Debezium. */
function drawDeletion(
  random: Random,
  place: Place,
  { kind, key }: { readonly kind: Kind; readonly key: GivenKey },
): GivenRecord {
  const { row, name, json } = key;
  const deleted = { ...place, kind, row, values: [], trouble: null };
  if (kind === 'delete' && random.chance(0.3)) {
    const before = `{"${name}":${json},"LastName":""}`;
    return { ...deleted, key: null, text: `{"op":"d","source":{},"before":${before}}` };
  }
  return { ...deleted, key: random.pick([json, String(JSON.parse(json))]), text: null };
}

function drawRecord(draw: ValueDraw, place: Place, key: GivenKey | null): GivenRecord {
  const { random, setup, marker } = draw;
  const kind = random.weighted(kindsOf(setup));
  if (kind === 'tombstone' && key !== null && deletes(setup)) {
    return drawDeletion(random, place, { kind: 'good', key });
  }
  if (kind === 'delete' && key !== null) return drawDeletion(random, place, { kind, key });
  const name = `${marker} ${place.partition}-${place.offset}`;
  const trouble = drawTrouble(draw, kind, { name, key });
  const values = valuesOf(kind, draw, name, trouble);
  const text = drawText(random, kind, kind === 'no key' ? values : [...keyValues(key), ...values]);
  const isRow = kind !== 'no key' && kind !== 'broken' && kind !== 'tombstone';
  return { ...place, kind, values, trouble, text, key: null, row: isRow && key ? key.row : null };
}

/** Draws the records of a topic, partition by partition in their order; a key stays in one of them. */
export function drawRecords(draw: ValueDraw): GivenRecord[] {
  const { random } = draw;
  const count = random.chance(0.5) ? random.int(1, 10) : random.int(5, 40);
  const partitions = random.int(1, 3);
  const keys = random.chance(0.5) ? random.int(1, 3) : random.int(4, 40);
  const ends = Array.from({ length: partitions }, () => random.int(0, 500));
  const startsAt = 1_700_000_000_000 + random.int(0, 1_000_000);
  const records = Array.from({ length: count }, (_, number) => {
    // Without a tolerance a second delete of a row would be refused for ever.
    const rowNumber = isOnce(draw.setup) ? number : random.int(0, keys - 1);
    const key = drawKey(random, rowNumber, draw);
    const partition = key === null ? random.int(0, partitions - 1) : rowNumber % partitions;
    const offset = ends[partition] as number;
    ends[partition] = offset + (random.chance(0.1) ? random.int(2, 9) : 1);
    return drawRecord(
      draw,
      { partition, offset, timestamp: startsAt + number * random.int(0, 3) },
      key,
    );
  });
  return records.toSorted(
    (one, other) => one.partition - other.partition || one.offset - other.offset,
  );
}

const isOnce = (setup: GivenSetup): boolean => setup.tolerance === 'none' && deletes(setup);
