import { withoutTrailingZeros } from './number-text.ts';
import { dateFieldText, dateTimeFieldText, timeFieldText } from './time.ts';

/** The format of a field's cells. `plain`: the format of each value's own type. */
export type FieldFormat = 'plain' | 'integer' | 'date' | 'datetime' | 'time';

const formats: ReadonlyMap<string | undefined, FieldFormat> = new Map([
  ['int', 'integer'],
  ['long', 'integer'],
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['time', 'time'],
]);

/** The cell format of a field; `type` is Salesforce's field type, such as `datetime`. */
export function formatOf(type: string | undefined): FieldFormat {
  return formats.get(type) ?? 'plain';
}

const converters: Readonly<Record<Exclude<FieldFormat, 'plain'>, (text: string) => string>> = {
  integer: (text) => (/^-?\d+\.0+$/.test(text) ? withoutTrailingZeros(text) : text),
  date: dateFieldText,
  datetime: dateTimeFieldText,
  time: timeFieldText,
};

/** Converts text to a field's format where it is a value of that type; other text is unchanged. */
export function textInFormat(text: string, format: FieldFormat): string {
  return format === 'plain' ? text : converters[format](text);
}
