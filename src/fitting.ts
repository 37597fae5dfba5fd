import type { Config } from './config.ts';
import type { Columns } from './csv/columns.ts';
import { comparisonOf } from './csv/comparable.ts';
import type { Draft } from './csv/draft.ts';
import { keysIn, keyText, withKeys } from './csv/key.ts';
import { byKey } from './csv/merge.ts';
import { alreadyDone } from './delivery/already-done.ts';
import type { RowReading } from './delivery/delivery-parts.ts';
import { SinkError } from './errors.ts';
import type { Errant } from './kafka/errant.ts';
import { checkObject } from './object/check-object.ts';
import type { FieldDescription } from './object/description.ts';
import { type Described, fitRows, isRefused, parentsNamed } from './object/fit-rows.ts';
import { settleNulls } from './object/settle-nulls.ts';
import type { Rows } from './rows.ts';
import type { Org } from './salesforce/org.ts';

/** A description that refuses something is read again if it is older than this, in milliseconds. */
const staleAfterMs = 60_000;

/** What Salesforce says of the object and of those that its lookups refer to. Throws `OBJECT_INVALID`. */
async function describe(rows: Pick<Rows, 'drafts' | 'columns'>, org: Org, maxAgeMs?: number) {
  const object = await org.describe(maxAgeMs);
  const parents = await org.describeParents(parentsNamed(rows, object), maxAgeMs);
  return { object, parents };
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
const isInDoubt = ({ drafts, columns }: Rows, { keyOf }: RowReading): boolean =>
  byKey(drafts, keyOf, columns).some((runs) => {
    const texts = new Set(runs.map(([first]) => keyOf(first)?.exact));
    return texts.size > 1;
  });

/** The rows of a flush, and how they are read. */
export interface ReadRows {
  /** Rows of one record each, with nulls as the object takes them. */
  readonly drafts: readonly Draft[];
  readonly reading: RowReading;
  /** Null: nobody asked, or nobody may read it. */
  readonly described: Described | null;
}

/** The description, or null where the run-as user may not read it and something else can be done. */
async function describeIfAllowed(rows: Rows, org: Org): Promise<Described | null> {
  try {
    return await describe(rows, org);
  } catch (error) {
    if (error instanceof SinkError && error.code === 'OBJECT_INVALID') return null;
    throw error;
  }
}

/**
 * Reads the rows with what the object's description says of its fields. With `UNKNOWN_FIELDS=send`
 * it is asked only where nobody else can say whether two keys are one.
 */
export async function readRows(rows: Rows, org: Org, config: Config): Promise<ReadRows> {
  const { drafts, columns } = rows;
  const undescribed = { drafts, reading: readingOf(columns, null, config), described: null };
  if (drafts.length === 0) return undescribed;
  if (config.unknownFields === 'send' && !isInDoubt(rows, undescribed.reading)) return undescribed;
  const described = await describeIfAllowed(rows, org);
  if (described === null) return undescribed;
  const reading = readingOf(columns, described, config);
  if (config.unknownFields === 'send') return { drafts, reading, described: null };
  return { drafts: settleNulls(drafts, columns, described.object), reading, described };
}

/** The rows that can be sent. */
export interface FittedRows {
  readonly drafts: readonly Draft[];
  readonly errants: readonly Errant[];
  /** Columns that were left out because the object does not know them. */
  readonly dropped: readonly string[];
}

/** Holds rows against the description; one that refuses something and is old is read again first. */
async function fitted(rows: Pick<Rows, 'drafts' | 'columns'>, org: Org, config: Config) {
  const known = await describe(rows, org);
  checkObject(known.object, config);
  if (!isRefused(rows, { ...config, ...known })) return fitRows(rows, known, config);
  const { object, parents } = await describe(rows, org, staleAfterMs);
  const drafts = settleNulls(rows.drafts, rows.columns, object);
  return fitRows({ ...rows, drafts }, { object, parents }, config);
}

/**
 * Chooses the rows that can be sent: those that the object can take and that have what the
 * operation needs. Throws `OBJECT_INVALID` and `FIELDS_UNKNOWN`, after which the descriptions are
 * read anew: somebody may have corrected the object meanwhile.
 */
export async function fitToObject(
  drafts: readonly Draft[],
  { reading, org, config }: { reading: RowReading; org: Org; config: Config },
): Promise<FittedRows> {
  const { columns, keyOf } = reading;
  if (drafts.length === 0) return { drafts, errants: [], dropped: [] };
  try {
    const asks = config.unknownFields !== 'send';
    const rows = { drafts, columns };
    const fit = asks ? await fitted(rows, org, config) : { ...rows, errants: [], dropped: [] };
    if (config.recordIdField !== null || config.keyField === null) return fit;
    const keyed = withKeys(fit.drafts, keyOf, config.keyField);
    return { ...fit, drafts: keyed.drafts, errants: [...fit.errants, ...keyed.errants] };
  } catch (error) {
    org.forgetDescriptions();
    throw error;
  }
}
