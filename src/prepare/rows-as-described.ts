import type { Config } from '../config/config.ts';
import type { RowRules } from '../delivery/delivery-parts.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import { DescribedFields } from '../object/described-fields.ts';
import { resolveNulls } from '../object/resolve-nulls.ts';
import { buildRows } from '../rows/build-rows.ts';
import { groupByKey } from '../rows/merge.ts';
import type { Row } from '../rows/row.ts';
import type { Org } from '../salesforce/org.ts';
import type { DecodedRecords } from './decode-records.ts';
import { describeIfAllowed, namesOf } from './describe.ts';
import { rowRulesOf } from './row-rules.ts';

/** Whether nobody can say if two keys are one row to Salesforce, though its description could. */
const isInDoubt = (rows: readonly Row[], { keyOf, columns }: RowRules): boolean =>
  groupByKey(rows, keyOf, columns).some((runs) => {
    const texts = new Set(runs.map(([first]) => keyOf(first)?.exact));
    return texts.size > 1;
  });

/** The rows of a flush, and how they are compared and keyed. */
export interface DescribedRows {
  /** DecodedRecords of one record each, in the form that the object's fields take. */
  readonly rows: readonly Row[];
  /** Records whose cells cannot be written. */
  readonly errants: readonly ErrantRecord[];
  readonly rowRules: RowRules;
  /** Fields that were left out because the object does not know them. */
  readonly dropped: readonly string[];
}

/** Writes cells without a description, which is asked only to say whether two keys are one. */
async function rowsUndescribed(
  { records }: DecodedRecords,
  org: Org,
  config: Config,
): Promise<DescribedRows> {
  const { rows, errants, columns } = buildRows(records, config);
  const rowRules = rowRulesOf(columns, null, config);
  const asks = config.unknownFields === 'send' && isInDoubt(rows, rowRules);
  const described = asks ? await describeIfAllowed([], org, config) : null;
  return { rows, errants, rowRules: rowRulesOf(columns, described, config), dropped: [] };
}

/**
 * Writes the cells of rows in the form that the object's fields take. What its description does not
 * know, with `UNKNOWN_FIELDS=drop`, and what the source did not send are left out first, so that
 * the value of such a field costs nothing.
 */
export async function rowsAsDescribed(
  decoded: DecodedRecords,
  org: Org,
  config: Config,
): Promise<DescribedRows> {
  const isDescribed = config.unknownFields !== 'send' && decoded.records.length > 0;
  const described = isDescribed
    ? await describeIfAllowed(namesOf(decoded.records), org, config)
    : null;
  if (described === null) return rowsUndescribed(decoded, org, config);
  const checked = { ...config, ...described };
  const fields = new DescribedFields(checked, config);
  const { columns, errants, ...csv } = buildRows(decoded.records, config, fields);
  const rows = resolveNulls(csv.rows, columns, checked);
  const rowRules = rowRulesOf(columns, described, config);
  return { rows, errants, rowRules, dropped: [...fields.dropped] };
}
