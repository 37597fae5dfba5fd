import type { KafkaRecord } from '../../kafka/record.ts';
import { RecordError } from '../../record-error.ts';
import type { Frame, RecordPart } from './frame.ts';
import { frameOf } from './frame-of.ts';

/** What names a schema. */
export type SchemaName = Pick<Frame, 'registry' | 'schemaId'>;

/** The frame of a part of a record; null if its bytes are in none, or in one that cannot be read. */
function readableFrame(record: KafkaRecord, part: RecordPart): Frame | null {
  const bytes = record[part];
  if (bytes === null) return null;
  try {
    return frameOf(bytes, record.headers, part);
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}

/** The schemas that the frames of a batch's records name. Most name that of the record before. */
export function schemaNamesIn(records: readonly KafkaRecord[], part: RecordPart): SchemaName[] {
  const names: SchemaName[] = [];
  for (const record of records) {
    const frame = readableFrame(record, part);
    if (frame === null) continue;
    const { registry, schemaId } = frame;
    const last = names.at(-1);
    if (last?.schemaId !== schemaId || last.registry !== registry)
      names.push({ registry, schemaId });
  }
  return names;
}
