import { cast, notNeeded, timestampConverter } from './conversion-steps.ts';
import {
  extractField,
  extractNewRecordState,
  flatten,
  insertField,
  type Properties,
  replaceField,
  type Step,
  text,
} from './transform-steps.ts';

/** The package of Kafka's own transforms. */
export const kafka = 'org.apache.kafka.connect.transforms';

/** The package of a transform that is known; others have transforms of the same names that do something else. */
export const libraryOf = (name: string): string =>
  name === 'ExtractNewRecordState' ? 'io.debezium.transforms' : kafka;

/** Transforms of values, by the end of their class name. */
export const known: Readonly<Record<string, (properties: Properties) => Step>> = {
  ReplaceField: replaceField,
  InsertField: insertField,
  ExtractField: extractField,
  Flatten: flatten,
  HoistField: ({ field }) => ({ expression: `{${text(field)}: $v}` }),
  Filter: () => ({ expression: '()', isFilter: true }),
  ExtractNewRecordState: extractNewRecordState,
  ValueToKey: notNeeded('a sink takes its key from the fields of the value'),
  Cast: cast,
  TimestampConverter: timestampConverter,
};
