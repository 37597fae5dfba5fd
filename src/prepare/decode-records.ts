import type { Config } from '../config/config.ts';
import type { Decode } from '../decode/decode.ts';
import type { Row } from '../decode/decoded-record.ts';
import type { Errant } from '../errant/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { KafkaBatch } from '../kafka/records.ts';
import { shape } from '../mapping/map-records.ts';
import { sortTombstones } from '../mapping/tombstones.ts';
import type { Deadline } from '../runtime/deadline.ts';

/** What the records of a flush became before anybody has asked Salesforce. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly errants: readonly Errant[];
  /** Tombstones that were passed over on purpose. */
  readonly tombstones: number;
}

/** What turns records into rows. */
interface Decoding {
  readonly config: Config;
  readonly decode: Decode;
  /** For what decoding asks of a registry. */
  readonly deadline: Deadline;
}

/** Decodes and shapes the records for which `isWanted`. Throws as `Decode` does. */
export async function rowsOf(
  { records, errants }: KafkaBatch,
  isWanted: (record: RecordOrigin) => boolean,
  { config, decode, deadline }: Decoding,
): Promise<Rows> {
  const decoded = await decode(records.filter(isWanted), deadline);
  const bare = sortTombstones(decoded.tombstones, config);
  const named = shape(decoded.rows, config);
  const shaped = { rows: [...named.rows, ...bare.rows], errants: named.errants };
  const broken = errants.filter(({ record }) => isWanted(record));
  return {
    rows: shaped.rows,
    errants: [broken, bare.errants, decoded.errants, shaped.errants].flat(),
    tombstones: bare.skipped.length,
  };
}
