import { isDelete } from '../config/settings.ts';
import { isSalesforceId } from '../csv/salesforce-id.ts';
import type { DeliveryContext, RowRules } from '../delivery/context.ts';
import { queriedKey } from '../delivery/deletes.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { keyText } from '../rows/key.ts';
import type { Row } from '../rows/row.ts';
import type { Lookup } from '../salesforce/lookup/find-rows.ts';
import type { Org } from '../salesforce/org.ts';
import { describeWithParentsIfAllowed } from './described-object.ts';
import { rowRulesOf } from './row-rules.ts';

/** A record of a replay whose row was written after it. */
export interface OutdatedRecord extends RecordOrigin {
  /** When its row was last written, by anybody: milliseconds since 1970, in whole seconds. */
  readonly writtenAt: number;
}

/** A row and the value of its key, as a query takes it. */
type Keyed = readonly [row: Row, key: string];

/** The rows whose key a row of the object can have. */
function keyedRows(
  rows: readonly Row[],
  { columns }: RowRules,
  { field, isNumber }: Pick<Lookup, 'field' | 'isNumber'>,
): Keyed[] {
  const column = columns.find(field);
  return rows.flatMap((row): Keyed[] => {
    const cell = column === null ? undefined : row.cells[row.columns.indexOf(column)];
    const key = cell === undefined ? null : queriedKey(cell, isNumber);
    // Salesforce refuses a query by id with anything else.
    if (key === null || (field.toLowerCase() === 'id' && !isSalesforceId(key))) return [];
    return [[row, key]];
  });
}

/** Salesforce's system times are whole seconds, so the same second is not before. */
const isWrittenAfter = (writtenAt: number, { timestamp }: RecordOrigin): boolean =>
  writtenAt >= Math.floor(timestamp / 1000) * 1000;

/** A time after every other, for a row whose time is not known. */
const lastTime = 8.64e15;

/** The records of rows of which Salesforce has a later version. */
async function outdatedAmong(
  keyed: readonly Keyed[],
  lookup: Lookup,
  org: Org,
): Promise<OutdatedRecord[]> {
  const groupOf = (key: string) => lookup.keyText(key).group;
  const lastWrites = new Map<string, number>();
  for (const [key, found] of await org.findRows(
    [...new Set(keyed.map(([, key]) => key))],
    lookup,
  )) {
    const times = found.map(({ writtenAt }) => writtenAt ?? lastTime);
    const group = groupOf(key);
    lastWrites.set(group, Math.max(lastWrites.get(group) ?? Number.NEGATIVE_INFINITY, ...times));
  }
  return keyed.flatMap(([{ records }, key]) => {
    const writtenAt = lastWrites.get(groupOf(key)) ?? Number.NEGATIVE_INFINITY;
    const older = records.filter((record) => isWrittenAfter(writtenAt, record));
    return older.map(({ topic, partition, offset, timestamp }) => {
      return { topic, partition, offset, timestamp, writtenAt };
    });
  });
}

/** How rows are looked up by id. */
const byId = {
  field: 'Id',
  isNumber: false,
  keyText: keyText({ comparison: 'id', caseSensitive: null }),
};

/**
 * Finds the records whose row was written after the record's timestamp: to send them may put old values
 * over newer ones. A row in the recycle bin counts too, except for a delete. Rows without a key, and
 * those with a record id, replace no others. Throws as `Org.findRows` does.
 */
export async function outdatedOf(
  { rows, rowRules }: { readonly rows: readonly Row[]; readonly rowRules: RowRules },
  { config, org }: Pick<DeliveryContext, 'config' | 'org'>,
): Promise<OutdatedRecord[]> {
  const { keyField, recordIdField, object, operation } = config;
  if (rows.length === 0 || keyField === null || recordIdField !== null) return [];
  const described = await describeWithParentsIfAllowed([], org, config);
  const rules = rowRulesOf(rowRules.columns, described, config);
  const lookup = { ...(rules.deletedBy ?? byId), object, withWriteTime: true };
  const keyed = keyedRows(rows, rules, lookup);
  const deletes = ([row]: Keyed) => row.isDelete === true || isDelete(operation);
  const writes = keyed.filter((one) => !deletes(one));
  return [
    ...(await outdatedAmong(keyed.filter(deletes), lookup, org)),
    ...(await outdatedAmong(writes, { ...lookup, withBin: true }, org)),
  ];
}
