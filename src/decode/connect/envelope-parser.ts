import { RecordError } from '../../record-error.ts';
import type { FieldValue } from '../decoded-record.ts';
import { parseJson } from '../json.ts';
import { textAt, utf8Text } from '../text.ts';
import { isEnvelope } from './envelope.ts';

const opening = '{"schema":';
const separator = ',"payload":';

/** The byte of `}`. */
const closing = 0x7d;

/** Attempts to learn that may be in vain: records of a topic may have many schemas, in turns. */
const maxMisses = 20;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * Parses JSON values of which most are envelopes with the schema of the one before, as Connect's
 * `JsonConverter` writes them. The schema is two thirds of such a value, and the same text each time, so
 * the payload alone is decoded and parsed. Bytes that are this start, one JSON value and a brace are such
 * an envelope; any others are parsed as a whole.
 */
export class EnvelopeParser {
  /** The bytes before the payload; empty: not known. */
  #start: Buffer = Buffer.alloc(0);
  #schema: FieldValue = null;
  #misses = 0;

  /** Throws the record errors of `utf8Text` and `parseJson`. */
  parse(bytes: Buffer): FieldValue {
    const payload = this.#payloadIn(bytes);
    if (payload !== undefined) return { schema: this.#schema, payload };
    const text = utf8Text(bytes);
    const value = parseJson(text);
    if (isEnvelope(value) && this.#misses < maxMisses) this.#learn(text, value.schema);
    return value;
  }

  #hasStart(bytes: Buffer): boolean {
    const { length } = this.#start;
    return length > 0 && bytes.length > length && this.#start.equals(bytes.subarray(0, length));
  }

  #payloadIn(bytes: Buffer): FieldValue | undefined {
    if (!this.#hasStart(bytes) || bytes.at(-1) !== closing) return undefined;
    try {
      return parseJson(textAt(bytes, this.#start.length, bytes.length - 1));
    } catch (error) {
      if (error instanceof RecordError) return undefined;
      throw error;
    }
  }

  #learn(text: string, schema: FieldValue): void {
    this.#misses += 1;
    const end = text.indexOf(separator);
    if (!text.startsWith(opening) || !isJson(text.slice(opening.length, end))) return;
    this.#start = Buffer.from(text.slice(0, end + separator.length));
    this.#schema = schema;
  }
}
