import { dateOfText, timeOfText, timestampOfText } from './iso.ts';
import { dateText, timestampText, timeText, type Whole } from './time.ts';

/**
 * Kafka Connect's and Debezium's names for counts of time.
 * Source: Kafka Connect javadoc, package `org.apache.kafka.connect.data`; Debezium documentation,
 * "Temporal types" of the MySQL and PostgreSQL connectors.
 */
export const namedCounts: ReadonlyMap<string, (count: Whole) => string> = new Map([
  ['org.apache.kafka.connect.data.Date', dateText],
  ['org.apache.kafka.connect.data.Time', (count) => timeText(count, 'millis')],
  ['org.apache.kafka.connect.data.Timestamp', (count) => timestampText(count, 'millis')],
  ['io.debezium.time.Date', dateText],
  ['io.debezium.time.Time', (count) => timeText(count, 'millis')],
  ['io.debezium.time.MicroTime', (count) => timeText(count, 'micros')],
  ['io.debezium.time.NanoTime', (count) => timeText(count, 'nanos')],
  ['io.debezium.time.Timestamp', (count) => timestampText(count, 'millis')],
  ['io.debezium.time.MicroTimestamp', (count) => timestampText(count, 'micros')],
  ['io.debezium.time.NanoTimestamp', (count) => timestampText(count, 'nanos')],
]);

/** Debezium's names for times as text, each with its zone. Same source. */
export const namedTexts: ReadonlyMap<string, (text: string) => string> = new Map([
  ['io.debezium.time.ZonedTimestamp', timestampOfText],
  ['io.debezium.time.ZonedTime', timeOfText],
  ['io.debezium.time.IsoTimestamp', timestampOfText],
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
