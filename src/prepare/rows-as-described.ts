import type { Config } from '../config/config.ts';
import type { RowRules } from '../delivery/context.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import { DescribedFields } from '../object/described-fields.ts';
import { resolveNulls } from '../object/resolve-nulls.ts';
import { buildRows } from '../rows/build-rows.ts';
import { groupByKey } from '../rows/merge.ts';
import type { Row } from '../rows/row.ts';
import type { Org } from '../salesforce/org.ts';
import type { DecodedRecords } from './decode-records.ts';
import { columnNamesOf, describeWithParentsIfAllowed } from './described-object.ts';
import { rowRulesOf } from './row-rules.ts';

/** Tells whether two keys may be one row to Salesforce, which only a description can decide. */
const isInDoubt = (rows: readonly Row[], { keyOf, columns }: RowRules): boolean =>
  groupByKey(rows, keyOf, columns).some((runs) => {
    const texts = new Set(runs.map(([first]) => keyOf(first)?.exact));
    return texts.size > 1;
  });

/** The rows of a flush, with the rules to compare and key them. */
export interface DescribedRows {
  /** Rows of one record each, in the form of the object's fields. */
  readonly rows: readonly Row[];
  /** Records whose cells cannot be written. */
  readonly errants: readonly ErrantRecord[];
  readonly rowRules: RowRules;
  /** Fields that were dropped because the object does not have them. */
  readonly dropped: readonly string[];
}

/**
 * Writes cells without a description, which is read only to decide whether two keys are one row, and
 * how rows to delete are looked up.
 */
async function rowsUndescribed(
  { records }: DecodedRecords,
  org: Org,
  config: Config,
): Promise<DescribedRows> {
  const { rows, errants, columns } = buildRows(records, config);
  const rowRules = rowRulesOf(columns, null, config);
  const isDeleted = rows.some(({ isDelete }) => isDelete);
  const asks = config.unknownFields === 'send' && (isDeleted || isInDoubt(rows, rowRules));
  const described = asks ? await describeWithParentsIfAllowed([], org, config) : null;
  return { rows, errants, rowRules: rowRulesOf(columns, described, config), dropped: [] };
}

/**
 * Writes the cells of rows in the form of the object's fields. Unknown fields (with
 * `UNKNOWN_FIELDS=drop`) and values that the source did not send are left out first, so that their
 * values cannot make a record errant. Throws as `Client.call` does.
 */
export async function rowsAsDescribed(
  decoded: DecodedRecords,
  org: Org,
  config: Config,
): Promise<DescribedRows> {
  const isDescribed = config.unknownFields !== 'send' && decoded.records.length > 0;
  const described = isDescribed
    ? await describeWithParentsIfAllowed(columnNamesOf(decoded.records), org, config)
    : null;
  if (described === null) return rowsUndescribed(decoded, org, config);
  const checked = { ...config, ...described };
  const fields = new DescribedFields(checked, config);
  const { columns, errants, ...csv } = buildRows(decoded.records, config, fields);
  const rows = resolveNulls(csv.rows, columns, checked);
  const rowRules = rowRulesOf(columns, described, config);
  return { rows, errants, rowRules, dropped: [...fields.dropped] };
}
