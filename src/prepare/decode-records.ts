import type { Config } from '../config/config.ts';
import type { Decode } from '../decode/decode.ts';
import type { DecodedRecord } from '../decode/decoded-record.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { KafkaBatch } from '../kafka/records.ts';
import { mapRecords } from '../mapping/map-records.ts';
import { sortTombstones } from '../mapping/tombstones.ts';
import type { Deadline } from '../runtime/deadline.ts';

/** The decoded and mapped records of a flush. */
export interface DecodedRecords {
  readonly records: readonly DecodedRecord[];
  readonly errants: readonly ErrantRecord[];
  /** Tombstones skipped by `TOMBSTONES=skip`. */
  readonly tombstones: number;
  /** Records that `TRANSFORM` left out. */
  readonly filtered: number;
}

/** Dependencies of `decodeRecords`. */
interface DecodeContext {
  readonly config: Config;
  readonly decode: Decode;
  /** The deadline of calls to a schema registry. */
  readonly deadline: Deadline;
}

/** Decodes the records and maps their fields, for those for which `isWanted`. Throws as `Decode` does. */
export async function decodeRecords(
  { records, errants }: KafkaBatch,
  isWanted: (record: RecordOrigin) => boolean,
  { config, decode, deadline }: DecodeContext,
): Promise<DecodedRecords> {
  const decoded = await decode(records.filter(isWanted), deadline);
  const deletions = sortTombstones(decoded.tombstones, config);
  const mapped = mapRecords(decoded.records, config);
  const broken = errants.filter(({ record }) => isWanted(record));
  return {
    records: [...mapped.records, ...deletions.records],
    errants: [broken, deletions.errants, decoded.errants, mapped.errants].flat(),
    tombstones: deletions.skipped.length,
    filtered: decoded.filtered.length,
  };
}
