import { createDecodeFromConfig } from '../../src/decode/create-from-config.ts';
import type { Decode } from '../../src/decode/decode.ts';
import { coordinatesText } from '../../src/kafka/coordinates.ts';
import type { ErrantRecord } from '../../src/kafka/errant-record.ts';
import type { KafkaRecord, RecordOrigin } from '../../src/kafka/record.ts';
import { mapRecords } from '../../src/mapping/map-records.ts';
import { sortTombstones } from '../../src/mapping/tombstones.ts';
import { withTransformFromConfig } from '../../src/mapping/transform-records.ts';
import { type BuiltRows, buildRows } from '../../src/rows/build-rows.ts';
import { withKeys } from '../../src/rows/key.ts';
import type { Row } from '../../src/rows/row.ts';
import { Deadline, systemClock } from '../../src/runtime/deadline.ts';
import { systemRuntime } from '../../src/runtime/runtime.ts';
import type { TryOptions } from './options.ts';

/** What a record becomes. */
export interface Preview {
  /** `topic-0@7`. */
  readonly record: string;
  readonly result: 'row' | 'delete' | 'filtered' | 'skipped' | 'errant';
  /** The cells of a row as JSON, or code and reason of an errant record; else empty. */
  readonly detail: string;
}

type Settings = Pick<TryOptions, 'config' | 'registryLogin'>;

/** Time for all records, in milliseconds: an expression that loops for each takes no longer. */
const longestMs = 60_000;

const errantPreview = ({ record, code, reason }: ErrantRecord): [RecordOrigin, Preview] => [
  record,
  { record: coordinatesText(record), result: 'errant', detail: `${code}: ${reason}` },
];

const without =
  (result: 'filtered' | 'skipped') =>
  (record: RecordOrigin): [RecordOrigin, Preview] => [
    record,
    { record: coordinatesText(record), result, detail: '' },
  ];

/** Decodes as the function does. Throws `CONFIG_INVALID`. */
function decoderOf({ config, registryLogin }: Settings): Promise<Decode> {
  const decode = createDecodeFromConfig(config, systemRuntime(), async () => registryLogin);
  return withTransformFromConfig(decode, config);
}

/** The rows that have what the operation needs. */
function keyedRows(
  { rows, columns }: BuiltRows,
  { keyField, recordIdField }: TryOptions['config'],
): Pick<BuiltRows, 'rows' | 'errants'> {
  if (keyField === null || recordIdField !== null) return { rows, errants: [] };
  return withKeys(rows, columns, keyField);
}

/**
 * Shows what records become with these settings, in their order: decoded, transformed, mapped and
 * written as cells, but not compared with an object. Throws `CONFIG_INVALID` for a wrong expression, and what a Schema
 * Registry throws.
 */
export async function previewOf(
  records: readonly KafkaRecord[],
  settings: Settings,
): Promise<Preview[]> {
  const { config } = settings;
  const decode = await decoderOf(settings);
  const deadline = new Deadline(systemClock, systemClock.now() + longestMs);
  const decoded = await decode(records, deadline);
  const mapped = mapRecords(decoded.records, config);
  const tombstones = sortTombstones(decoded.tombstones, config);
  const deletions = new Set<RecordOrigin>(tombstones.records.map(({ record }) => record));
  const built = buildRows([...mapped.records, ...tombstones.records], {
    ...config,
    unknownFields: 'send',
  });
  const rowPreview = ({ records: [record], columns, cells }: Row): [RecordOrigin, Preview] => {
    const named = columns.map((column, index) => [built.columns.name(column), cells[index]]);
    const result = deletions.has(record as RecordOrigin) ? 'delete' : 'row';
    const detail = JSON.stringify(Object.fromEntries(named));
    return [
      record as RecordOrigin,
      { record: coordinatesText(record as RecordOrigin), result, detail },
    ];
  };
  const keyed = keyedRows(built, config);
  const errants = [decoded, mapped, tombstones, built, keyed].flatMap((stage) => stage.errants);
  const previews = new Map<RecordOrigin, Preview>([
    ...keyed.rows.map(rowPreview),
    ...errants.map(errantPreview),
    ...decoded.filtered.map(without('filtered')),
    ...tombstones.skipped.map(without('skipped')),
  ]);
  return records.flatMap((record) => previews.get(record) ?? []);
}
