import { RecordError } from '../../record-error.ts';
import type { FieldValue } from '../decoded-record.ts';
import { FieldPathError } from '../field-path-error.ts';
import type { MessageType } from './message-type.ts';
import { maxFields, readFields } from './read-message.ts';
import { WireReader } from './wire.ts';

/**
 * Reads the message from `start` to the end of `bytes`. Throws the record errors
 * `PROTOBUF_INVALID`, `PROTOBUF_TYPE_UNSUPPORTED`, `NESTING_TOO_DEEP`, and those of the well-known
 * type that the message is.
 */
export function readRoot(type: MessageType, bytes: Buffer, start: number): FieldValue {
  const input = new WireReader(bytes, start, bytes.length);
  try {
    const fields = readFields(type, input, { depth: 1, budget: { fields: maxFields } });
    return type.convert === null ? fields : type.convert(fields);
  } catch (error) {
    if (error instanceof FieldPathError) throw error.toRecordError();
    if (error instanceof RecordError) throw error;
    throw new RecordError('PROTOBUF_INVALID', 'the bytes do not match the schema');
  }
}
