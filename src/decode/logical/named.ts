import type { FieldValue } from '../decoded-record.ts';
import { dateOfText, timeOfText, timestampOfText } from './iso.ts';
import { dateOf, timeOf, timestampOf, type WholeNumber } from './time.ts';

/**
 * Kafka Connect's and Debezium's logical types of integers: counts of a unit of time.
 * Source: Kafka Connect javadoc, package `org.apache.kafka.connect.data`; Debezium documentation,
 * "Temporal types" of the MySQL and PostgreSQL connectors.
 */
export const namedNumberTypes: ReadonlyMap<string, (count: WholeNumber) => FieldValue> = new Map<
  string,
  (count: WholeNumber) => FieldValue
>([
  ['org.apache.kafka.connect.data.Date', dateOf],
  ['org.apache.kafka.connect.data.Time', (count) => timeOf(count, 'millis')],
  ['org.apache.kafka.connect.data.Timestamp', (count) => timestampOf(count, 'millis')],
  ['io.debezium.time.Date', dateOf],
  ['io.debezium.time.Time', (count) => timeOf(count, 'millis')],
  ['io.debezium.time.MicroTime', (count) => timeOf(count, 'micros')],
  ['io.debezium.time.NanoTime', (count) => timeOf(count, 'nanos')],
  ['io.debezium.time.Timestamp', (count) => timestampOf(count, 'millis')],
  ['io.debezium.time.MicroTimestamp', (count) => timestampOf(count, 'micros')],
  ['io.debezium.time.NanoTimestamp', (count) => timestampOf(count, 'nanos')],
]);

/** The values of a MySQL SET, which is comma-separated text. */
const itemsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(','));

/** Debezium's logical types of strings: times with a zone, sets. Same source. */
export const namedStringTypes: ReadonlyMap<string, (text: string) => FieldValue> = new Map<
  string,
  (text: string) => FieldValue
>([
  ['io.debezium.data.EnumSet', itemsOf],
  ['io.debezium.time.ZonedTimestamp', timestampOfText],
  ['io.debezium.time.ZonedTime', timeOfText],
  ['io.debezium.time.IsoTimestamp', timestampOfText],
  ['io.debezium.time.IsoTime', timeOfText],
  ['io.debezium.time.IsoDate', dateOfText],
]);

/** Connect's decimal: bytes, with the scale in the schema's parameters. */
export const connectDecimal = 'org.apache.kafka.connect.data.Decimal';

/** Debezium's decimal with its scale in the value: a struct of `scale` and `value`. */
export const variableScaleDecimal = 'io.debezium.data.VariableScaleDecimal';

/**
 * Logical types whose value is written unchanged: a year is a number, an interval ISO 8601 text.
 */
const plainTypes: ReadonlySet<string> = new Set([
  'io.debezium.time.Year',
  'io.debezium.time.Interval',
]);

/**
 * Tells whether a name is a logical type of Connect or Debezium that is not supported, such as
 * `io.debezium.time.MicroDuration`. Its raw value would be wrong in a cell.
 */
export function isUnknownLogicalType(name: string): boolean {
  if (!/^(org\.apache\.kafka\.connect\.data|io\.debezium\.time)\./.test(name)) return false;
  const isKnown = namedNumberTypes.has(name) || namedStringTypes.has(name) || plainTypes.has(name);
  return !isKnown && name !== connectDecimal;
}
