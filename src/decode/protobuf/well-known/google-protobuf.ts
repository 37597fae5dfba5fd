import { RecordError } from '../../../record-error.ts';
import { type Fields, type FieldValue, InvalidValue, Timestamp } from '../../decoded-record.ts';
import { converted, numberIn, type WellKnownType } from './well-known-type.ts';

const outOfRange = (type: string): never => {
  throw new RecordError('PROTOBUF_INVALID', `a ${type} has seconds or nanos out of range`);
};

/** The seconds of the years 1 and 9999, between which a timestamp is. */
const [firstSecond, lastSecond] = [-62_135_596_800, 253_402_300_799];

/** Cuts digits finer than a millisecond off, towards the past. */
function timestampOf(fields: Fields): Timestamp {
  const [seconds, nanos] = [numberIn(fields, 'seconds'), numberIn(fields, 'nanos')];
  if (seconds < firstSecond || seconds > lastSecond || nanos < 0 || nanos > 999_999_999) {
    return outOfRange('google.protobuf.Timestamp');
  }
  return new Timestamp(seconds * 1000 + Math.floor(nanos / 1_000_000));
}

/** The seconds of 10,000 years, which a duration has at most. */
const longestSeconds = 315_576_000_000;

/** Formats a duration in ISO 8601: `PT1.5S`. */
function durationText(fields: Fields): string {
  const [seconds, nanos] = [numberIn(fields, 'seconds'), numberIn(fields, 'nanos')];
  if (Math.abs(seconds) > longestSeconds || Math.abs(nanos) > 999_999_999 || seconds * nanos < 0) {
    return outOfRange('google.protobuf.Duration');
  }
  const sign = seconds < 0 || nanos < 0 ? '-' : '';
  const fraction = String(Math.abs(nanos)).padStart(9, '0').replace(/0+$/, '');
  return `${sign}PT${Math.abs(seconds)}${fraction === '' ? '' : `.${fraction}`}S`;
}

function anyValue(): never {
  throw new RecordError(
    'PROTOBUF_TYPE_UNSUPPORTED',
    'it is a google.protobuf.Any, whose type is not in its schema; send a type of its own',
  );
}

/** The value of a `google.protobuf.Value`, which has exactly one kind. */
function jsonValue(fields: Fields): FieldValue {
  if ('null_value' in fields) return null;
  return Object.values(fields)[0] ?? null;
}

/** The paths of fields, as the schema names them. */
function maskText({ paths }: Fields): FieldValue {
  const list = Array.isArray(paths) ? (paths as readonly FieldValue[]) : [];
  return list.find((path) => path instanceof InvalidValue) ?? list.join(',');
}

const wrappers = [
  ...['Double', 'Float', 'Int64', 'UInt64', 'Int32', 'UInt32', 'Bool', 'String', 'Bytes'],
].map((type): [string, WellKnownType] => [
  `.google.protobuf.${type}Value`,
  converted(({ value }) => value ?? null),
]);

/** The types of the package `google.protobuf`. Source: protobuf.dev, "Well-Known Types". */
export const googleProtobuf: readonly [string, WellKnownType][] = [
  ...wrappers,
  ['.google.protobuf.Timestamp', converted(timestampOf)],
  ['.google.protobuf.Duration', converted(durationText)],
  ['.google.protobuf.FieldMask', converted(maskText)],
  ['.google.protobuf.Any', converted(anyValue)],
  ['.google.protobuf.Value', converted(jsonValue)],
  ['.google.protobuf.ListValue', converted(({ values }) => values ?? [])],
  ['.google.protobuf.Struct', converted(({ fields }) => fields ?? {})],
];
