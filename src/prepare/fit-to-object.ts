import type { Config } from '../config/config.ts';
import { usedColumns } from '../csv/columns.ts';
import type { RowRules } from '../delivery/context.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import { checkObject } from '../object/check-object.ts';
import { checkRows, type RowBatch } from '../object/check-rows.ts';
import { withKeys } from '../rows/key.ts';
import type { Row } from '../rows/row.ts';
import type { Org } from '../salesforce/org.ts';
import { describeWithParents } from './described-object.ts';

/** The rows that can be sent. */
export interface FittedRows {
  readonly rows: readonly Row[];
  readonly errants: readonly ErrantRecord[];
  /** Columns that were dropped because the object does not have them. */
  readonly dropped: readonly string[];
}

/** Checks rows against the description. */
async function fitted({ rows, columns }: RowBatch, org: Org, config: Config) {
  const names = columns.sorted(usedColumns(rows)).map(({ name }) => name);
  const described = await describeWithParents(names, org);
  checkObject(described.object, config);
  return checkRows({ rows, columns }, described, config);
}

/**
 * Selects the rows that can be sent: those that the object accepts and that have what the operation
 * needs. Throws `OBJECT_INVALID`, `FIELDS_UNKNOWN`, and as `Client.call` does, and then clears the cached
 * descriptions, since the object may be corrected before the redelivery.
 */
export async function fitToObject(
  rows: readonly Row[],
  { rowRules, org, config }: { rowRules: RowRules; org: Org; config: Config },
): Promise<FittedRows> {
  const { columns } = rowRules;
  if (rows.length === 0) return { rows, errants: [], dropped: [] };
  try {
    const asks = config.unknownFields !== 'send';
    const batch = { rows, columns };
    const fit = asks ? await fitted(batch, org, config) : { ...batch, errants: [], dropped: [] };
    if (config.recordIdField !== null || config.keyField === null) return fit;
    const keyed = withKeys(fit.rows, columns, config.keyField);
    return { ...fit, rows: keyed.rows, errants: [...fit.errants, ...keyed.errants] };
  } catch (error) {
    org.clearDescriptions();
    throw error;
  }
}
