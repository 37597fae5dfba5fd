import type { Config } from './config.ts';
import type { Deadline } from './deadline.ts';
import type { Decode } from './decode/decode.ts';
import type { Row } from './decode/row.ts';
import type { Errant } from './kafka/errant.ts';
import type { RecordOrigin } from './kafka/record.ts';
import type { KafkaBatch } from './kafka/records.ts';
import { shape } from './shape/shape.ts';
import { sortTombstones } from './shape/tombstones.ts';

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
