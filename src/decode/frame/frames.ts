import type { KafkaRecord } from '../../kafka/record.ts';
import { RecordError } from '../../record-error.ts';
import type { Frame, RecordPart } from './frame.ts';
import { frameOf } from './frame-of.ts';

/** The frames of one part of a batch's records. */
export class Frames {
  /** Records whose bytes are in a frame, or in one that cannot be read. */
  readonly #found = new Map<KafkaRecord, Frame | RecordError>();

  constructor(records: readonly KafkaRecord[], part: RecordPart) {
    for (const record of records) {
      const bytes = record[part];
      const frame = bytes === null ? null : frameOrError(bytes, record, part);
      if (frame !== null) this.#found.set(record, frame);
    }
  }

  /** The frame of a record's bytes; null: they are in none. Throws the record errors of `frameOf`. */
  of(record: KafkaRecord): Frame | null {
    const found = this.#found.get(record) ?? null;
    if (found instanceof RecordError) throw found;
    return found;
  }

  /** All frames, each of which names a schema. */
  schemas(): Frame[] {
    return [...this.#found.values()].flatMap((frame) =>
      frame instanceof RecordError ? [] : [frame],
    );
  }
}

function frameOrError(bytes: Buffer, { headers }: KafkaRecord, part: RecordPart) {
  try {
    return frameOf(bytes, headers, part);
  } catch (error) {
    if (error instanceof RecordError) return error;
    throw error;
  }
}
