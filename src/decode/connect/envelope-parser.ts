import { RecordError } from '../../record-error.ts';
import type { FieldValue } from '../decoded-record.ts';
import { parseJson } from '../json.ts';
import { isEnvelope } from './envelope.ts';

const opening = '{"schema":';
const separator = ',"payload":';

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
 * the payload alone is parsed. A text that is this start, one JSON value and a brace is such an envelope;
 * any other is parsed as a whole.
 */
export class EnvelopeParser {
  /** The text before the payload; empty: not known. */
  #start = '';
  #schema: FieldValue = null;
  #misses = 0;

  /** Throws the record errors of `parseJson`. */
  parse(text: string): FieldValue {
    const payload = this.#payloadIn(text);
    if (payload !== undefined) return { schema: this.#schema, payload };
    const value = parseJson(text);
    if (isEnvelope(value) && this.#misses < maxMisses) this.#learn(text, value.schema);
    return value;
  }

  #payloadIn(text: string): FieldValue | undefined {
    if (this.#start === '' || !text.startsWith(this.#start) || !text.endsWith('}'))
      return undefined;
    try {
      return parseJson(text.slice(this.#start.length, -1));
    } catch (error) {
      if (error instanceof RecordError) return undefined;
      throw error;
    }
  }

  #learn(text: string, schema: FieldValue): void {
    this.#misses += 1;
    const end = text.indexOf(separator);
    if (!text.startsWith(opening) || !isJson(text.slice(opening.length, end))) return;
    this.#start = text.slice(0, end + separator.length);
    this.#schema = schema;
  }
}
