import type { FieldValue } from '../decoded-record.ts';
import { dateOfText, momentOfText, timeOfText } from './iso.ts';
import { dateOf, momentOf, timeOf, type Whole } from './time.ts';

/**
 * Kafka Connect's and Debezium's names for counts of time.
 * Source: Kafka Connect javadoc, package `org.apache.kafka.connect.data`; Debezium documentation,
 * "Temporal types" of the MySQL and PostgreSQL connectors.
 */
export const namedCounts: ReadonlyMap<string, (count: Whole) => FieldValue> = new Map<
  string,
  (count: Whole) => FieldValue
>([
  ['org.apache.kafka.connect.data.Date', dateOf],
  ['org.apache.kafka.connect.data.Time', (count) => timeOf(count, 'millis')],
  ['org.apache.kafka.connect.data.Timestamp', (count) => momentOf(count, 'millis')],
  ['io.debezium.time.Date', dateOf],
  ['io.debezium.time.Time', (count) => timeOf(count, 'millis')],
  ['io.debezium.time.MicroTime', (count) => timeOf(count, 'micros')],
  ['io.debezium.time.NanoTime', (count) => timeOf(count, 'nanos')],
  ['io.debezium.time.Timestamp', (count) => momentOf(count, 'millis')],
  ['io.debezium.time.MicroTimestamp', (count) => momentOf(count, 'micros')],
  ['io.debezium.time.NanoTimestamp', (count) => momentOf(count, 'nanos')],
]);

/** The values of a MySQL SET, which is comma-separated text. An empty set has none. */
const itemsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(','));

/** Debezium's names for texts that mean something else: times with their zone, sets. Same source. */
export const namedTexts: ReadonlyMap<string, (text: string) => FieldValue> = new Map<
  string,
  (text: string) => FieldValue
>([
  ['io.debezium.data.EnumSet', itemsOf],
  ['io.debezium.time.ZonedTimestamp', momentOfText],
  ['io.debezium.time.ZonedTime', timeOfText],
  ['io.debezium.time.IsoTimestamp', momentOfText],
  ['io.debezium.time.IsoTime', timeOfText],
  ['io.debezium.time.IsoDate', dateOfText],
]);

/** Connect's decimal: bytes, with the scale among the schema's parameters. */
export const connectDecimal = 'org.apache.kafka.connect.data.Decimal';

/** Debezium's decimal whose scale is part of the value: a struct of `scale` and `value`. */
export const variableScaleDecimal = 'io.debezium.data.VariableScaleDecimal';

/** Names of types that are their plain value: a year is a number, an interval ISO 8601 text. */
const plainNames: ReadonlySet<string> = new Set([
  'io.debezium.time.Year',
  'io.debezium.time.Interval',
]);

/**
 * Says whether a name gives a plain value another meaning that is not known here, such as
 * `io.debezium.time.MicroDuration`. The raw value would then be a wrong one.
 */
export function isUnknownMeaning(name: string): boolean {
  if (!/^(org\.apache\.kafka\.connect\.data|io\.debezium\.time)\./.test(name)) return false;
  const known = namedCounts.has(name) || namedTexts.has(name) || plainNames.has(name);
  return !known && name !== connectDecimal;
}
