import type { Config } from './config.ts';
import { type KeyOf, keysIn, withKeys } from './csv/key.ts';
import { checkObject } from './object/check-object.ts';
import { type Described, fitRows, parentsNamed } from './object/fit-rows.ts';
import type { Rows } from './rows.ts';
import type { Org } from './salesforce/org.ts';
import { tolerate } from './settle/tolerance.ts';

/** The rows that are sent. */
export interface UsableRows extends Rows {
  readonly keyOf: KeyOf;
  /** Columns that were left out because the object does not know them. */
  readonly dropped: readonly string[];
}

/**
 * Holds the rows against the object's description (null: nobody asked for it) and against what the
 * operation needs. Throws `FIELDS_UNKNOWN`.
 */
function fitted(rows: Rows, described: Described | null, config: Config): UsableRows {
  const fit =
    described === null ? { ...rows, errants: [], dropped: [] } : fitRows(rows, described, config);
  const { columns, dropped } = fit;
  const field = config.recordIdField === null ? config.keyField : null;
  const key = described?.object.fields.get(field?.toLowerCase() ?? '');
  const keyOf = keysIn(columns, { field, caseSensitive: key?.caseSensitive ?? null });
  const keyed = field === null ? { ...fit, errants: [] } : withKeys(fit.drafts, keyOf, field);
  const errants = [...rows.errants, ...fit.errants, ...keyed.errants];
  return { drafts: keyed.drafts, columns, keyOf, errants, dropped, tombstones: rows.tombstones };
}

/** What Salesforce says of the object and of those that its lookups refer to. Throws `OBJECT_INVALID`. */
async function describe(rows: Rows, org: Org, config: Config): Promise<Described> {
  const object = await org.describe();
  checkObject(object, config);
  return { object, parents: await org.describeParents(parentsNamed(rows, object)) };
}

/**
 * Chooses the rows that can be sent. Throws `OBJECT_INVALID`, `FIELDS_UNKNOWN` and `ERRANT_RECORDS`,
 * after which the descriptions are read anew: somebody may have mended the object meanwhile.
 */
export async function usableRows(
  rows: Rows,
  org: Org,
  { config, received }: { readonly config: Config; readonly received: number },
): Promise<UsableRows> {
  const asks = config.unknownFields !== 'send' && rows.drafts.length > 0;
  try {
    const usable = fitted(rows, asks ? await describe(rows, org, config) : null, config);
    tolerate({ received, errants: usable.errants, tolerance: config.errorsTolerance });
    return usable;
  } catch (error) {
    org.forgetDescriptions();
    throw error;
  }
}
