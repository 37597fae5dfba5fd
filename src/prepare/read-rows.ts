import { comparisonOf } from '../cells/comparable.ts';
import type { Config } from '../config/config.ts';
import { isFields, type Row } from '../decode/decoded-record.ts';
import { alreadyDone } from '../delivery/already-done.ts';
import type { RowReading } from '../delivery/delivery-parts.ts';
import type { Errant } from '../errant/errant-record.ts';
import { SinkError } from '../errors.ts';
import { DescribedFields } from '../object/described-fields.ts';
import type { FieldDescription } from '../object/description.ts';
import { type Described, isRefused, parentsNamed } from '../object/fit-rows.ts';
import { settleNulls } from '../object/settle-nulls.ts';
import { draftsOf } from '../rows/build-rows.ts';
import type { Columns } from '../rows/columns.ts';
import { keysIn, keyText } from '../rows/key.ts';
import { byKey } from '../rows/merge.ts';
import type { Draft } from '../rows/row.ts';
import type { Org } from '../salesforce/org.ts';
import type { Rows } from './decode-records.ts';

/** A description that refuses something is read again if it is older than this, in milliseconds. */
const staleAfterMs = 60_000;

/** What Salesforce says of the object and of those that its lookups refer to. Throws `OBJECT_INVALID`. */
export async function describe(
  names: readonly string[],
  org: Org,
  maxAgeMs?: number,
): Promise<Described> {
  const object = await org.describe(maxAgeMs);
  const parents = await org.describeParents(parentsNamed(names, object), maxAgeMs);
  return { object, parents };
}

/** The description; one that refuses something and is old is read again first. */
async function describeFresh(names: readonly string[], org: Org, config: Config) {
  const known = await describe(names, org);
  const isStale = isRefused(names, { ...config, ...known });
  return isStale ? describe(names, org, staleAfterMs) : known;
}

/** The description, or null where the run-as user may not read it and something else can be done. */
async function describeIfAllowed(names: readonly string[], org: Org, config: Config) {
  try {
    return await describeFresh(names, org, config);
  } catch (error) {
    if (error instanceof SinkError && error.code === 'OBJECT_INVALID') return null;
    throw error;
  }
}

/** What the columns of rows are called, those of fields that may yet be left out among them. */
function namesOf(rows: readonly Row[]): string[] {
  const names = new Set<string>();
  for (const { fields } of rows) {
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      if (isFields(value)) for (const inner of Object.keys(value)) names.add(`${name}.${inner}`);
      else names.add(name);
    }
  }
  return [...names];
}

/** How rows are read, as far as the description (null: there is none) tells. */
function readingOf(columns: Columns, described: Described | null, config: Config): RowReading {
  const fieldOf = (name: string): FieldDescription | undefined =>
    described?.object.fields.get(name.toLowerCase());
  const { keyField: name } = config;
  const field = name === null ? undefined : fieldOf(name);
  const comparison = name?.toLowerCase() === 'id' ? 'id' : comparisonOf(field?.type);
  const compared = { comparison, caseSensitive: field?.caseSensitive ?? null };
  const mergedBy = config.recordIdField === null ? name : null;
  return {
    columns,
    comparisonOf: (column) => comparisonOf(fieldOf(column)?.type),
    keyOf: keysIn(columns, { field: mergedBy, ...compared }),
    key: name === null ? null : { name, text: keyText(compared) },
    isDone: alreadyDone(config, described?.object ?? null),
  };
}

/** Whether nobody can say if two keys are one row to Salesforce, though its description could. */
const isInDoubt = (drafts: readonly Draft[], { keyOf, columns }: RowReading): boolean =>
  byKey(drafts, keyOf, columns).some((runs) => {
    const texts = new Set(runs.map(([first]) => keyOf(first)?.exact));
    return texts.size > 1;
  });

/** The rows of a flush, and how they are read. */
export interface ReadRows {
  /** Rows of one record each, in the form that the object's fields take. */
  readonly drafts: readonly Draft[];
  /** Records whose cells cannot be written. */
  readonly errants: readonly Errant[];
  readonly reading: RowReading;
  /** Fields that were left out because the object does not know them. */
  readonly dropped: readonly string[];
}

/** Writes cells without a description, which is asked only to say whether two keys are one. */
async function readUndescribed({ rows }: Rows, org: Org, config: Config): Promise<ReadRows> {
  const { drafts, errants, columns } = draftsOf(rows, config);
  const reading = readingOf(columns, null, config);
  const asks = config.unknownFields === 'send' && isInDoubt(drafts, reading);
  const described = asks ? await describeIfAllowed([], org, config) : null;
  return { drafts, errants, reading: readingOf(columns, described, config), dropped: [] };
}

/**
 * Writes the cells of rows in the form that the object's fields take. What its description does not
 * know, with `UNKNOWN_FIELDS=drop`, and what the source did not send are left out first, so that
 * the value of such a field costs nothing.
 */
export async function readRows(rows: Rows, org: Org, config: Config): Promise<ReadRows> {
  const isDescribed = config.unknownFields !== 'send' && rows.rows.length > 0;
  const described = isDescribed ? await describeIfAllowed(namesOf(rows.rows), org, config) : null;
  if (described === null) return readUndescribed(rows, org, config);
  const checked = { ...config, ...described };
  const fields = new DescribedFields(checked, config);
  const { columns, errants, ...csv } = draftsOf(rows.rows, config, fields);
  const drafts = settleNulls(csv.drafts, columns, checked);
  const reading = readingOf(columns, described, config);
  return { drafts, errants, reading, dropped: [...fields.dropped] };
}
