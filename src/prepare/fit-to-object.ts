import type { Config } from '../config/config.ts';
import type { RowReading } from '../delivery/delivery-parts.ts';
import type { Errant } from '../errant/errant-record.ts';
import { checkObject } from '../object/check-object.ts';
import { type Drafts, fitRows } from '../object/fit-rows.ts';
import { withKeys } from '../rows/key.ts';
import { type Draft, usedColumns } from '../rows/row.ts';
import type { Org } from '../salesforce/org.ts';
import { describe } from './read-rows.ts';

/** The rows that can be sent. */
export interface FittedRows {
  readonly drafts: readonly Draft[];
  readonly errants: readonly Errant[];
  /** Columns that were left out because the object does not know them. */
  readonly dropped: readonly string[];
}

/** Holds rows against the description. */
async function fitted({ drafts, columns }: Drafts, org: Org, config: Config) {
  const names = columns.sorted(usedColumns(drafts)).map(({ name }) => name);
  const described = await describe(names, org);
  checkObject(described.object, config);
  return fitRows({ drafts, columns }, described, config);
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
