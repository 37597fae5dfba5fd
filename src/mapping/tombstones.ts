import { type Config, deletesTombstones } from '../config/config.ts';
import { isDelete } from '../config/settings.ts';
import type { DecodedRecord, Tombstone } from '../decode/decoded-record.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { RecordError } from '../record-error.ts';
import { keyOfDeleted } from './deleted-key.ts';

/** The tombstones of a batch. Each is in exactly one of the lists. */
export interface SortedTombstones {
  /** Deletes, each with what identifies its row as its only field. */
  readonly records: readonly DecodedRecord[];
  readonly errants: readonly ErrantRecord[];
  /** Skipped with `TOMBSTONES=skip`. */
  readonly skipped: readonly RecordOrigin[];
}

/** The settings of `sortTombstones`. */
type TombstoneSettings = Pick<Config, 'operation' | 'tombstones' | 'fieldMap' | 'externalIdField'>;

/** The delete of a row by the sink's key field. */
function deleteOf(tombstone: Tombstone, settings: TombstoneSettings): DecodedRecord {
  const { externalIdField, operation } = settings;
  const fields = { [externalIdField ?? 'Id']: keyOfDeleted(tombstone, settings) };
  // All rows of a delete job are deletes; in other sinks a delete must be marked as one.
  const isMarked = !isDelete(operation);
  return { record: tombstone.record, fields, ...(isMarked && { isDelete: true }) };
}

const tombstoneError = ({ cause }: Tombstone, operation: Config['operation']): RecordError =>
  new RecordError(
    'TOMBSTONE',
    operation === 'insert'
      ? `${cause}, and insert does not delete`
      : `${cause}, and ${operation} deletes only with TOMBSTONES=delete`,
  );

/**
 * Sorts tombstones. With `delete`, `hardDelete` and `TOMBSTONES=delete` each deletes the row that its
 * fields or its key identify; otherwise it is errant or skipped, as `TOMBSTONES` says.
 */
export function sortTombstones(
  batch: readonly Tombstone[],
  settings: TombstoneSettings,
): SortedTombstones {
  const deletes = deletesTombstones(settings);
  if (!deletes && settings.tombstones === 'skip') {
    return { records: [], errants: [], skipped: batch.map(({ record }) => record) };
  }
  const records: DecodedRecord[] = [];
  const errants: ErrantRecord[] = [];
  for (const tombstone of batch) {
    try {
      if (!deletes) throw tombstoneError(tombstone, settings.operation);
      records.push(deleteOf(tombstone, settings));
    } catch (error) {
      errants.push(toErrantRecord(tombstone.record, 'mapping', error));
    }
  }
  return { records, errants, skipped: [] };
}
