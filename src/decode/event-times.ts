import { type FieldValue, isFields } from './decoded-record.ts';
import { doubleOrDecimal } from './exact-number.ts';

/**
 * The members with which Debezium says when a change happened and when it was read, in micro- and
 * nanoseconds: in `source`, and beside it. Source: Debezium documentation, "Change event values".
 */
const names = ['ts_us', 'ts_ns'] as const;

const isWhole = /^\d+$/;

/** An object while it is parsed. */
type Parsed = Record<string, FieldValue>;

const objectIn = (value: FieldValue | undefined): Parsed | null =>
  isFields(value) ? (value as Parsed) : null;

/** The objects of a change event that have such members; the event may be a Connect payload. */
function holdersOf(value: FieldValue): Parsed[] {
  const outer = objectIn(value);
  const event = objectIn(outer?.['payload']) ?? outer;
  return [objectIn(event?.['source']), event].filter((holder) => holder !== null);
}

/**
 * Puts all digits of long numbers back into a parsed value, if they are only the times that Debezium
 * adds to each change event: `longs` are all texts in the source that may be long numbers. False if
 * there are others, which may be values of the row. Parsing the source once more would take several
 * times as long.
 */
export function restoreEventTimes(value: FieldValue, longs: readonly string[]): boolean {
  const left = [...longs];
  for (const holder of holdersOf(value)) {
    for (const name of names) {
      const time = holder[name];
      const index = left.findIndex((text) => isWhole.test(text) && Number(text) === time);
      const [text] = index === -1 ? [] : left.splice(index, 1);
      if (text !== undefined) holder[name] = doubleOrDecimal(text, Number(text));
    }
  }
  return left.length === 0;
}
