import { RecordError } from '../../../record-error.ts';
import { Decimal, type Fields } from '../../decoded-record.ts';
import { bytesOfBase64, decimalOf } from '../../logical/decimal.ts';
import { converted, numberIn, type WellKnownType } from './well-known-type.ts';

/** The amount, without its currency. */
function moneyOf(fields: Fields): Decimal {
  const { units } = fields;
  const [whole, nanos] = [
    units instanceof Decimal ? units.source : String(units),
    numberIn(fields, 'nanos'),
  ];
  const isNegative = whole.startsWith('-') || nanos < 0;
  if (
    Math.abs(nanos) > 999_999_999 ||
    (nanos < 0 && /^[1-9]/.test(whole)) ||
    (nanos > 0 && isNegative)
  ) {
    throw new RecordError('PROTOBUF_INVALID', 'a google.type.Money has nanos out of range');
  }
  const fraction = String(Math.abs(nanos)).padStart(9, '0');
  return new Decimal(`${isNegative ? '-' : ''}${whole.replace('-', '')}.${fraction}`);
}

/** A decimal as text; an empty one is 0, and digits may be missing on one side of the point. */
function decimalOfText({ value }: Fields): Decimal {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/.exec(String(value));
  const [, sign = '', whole = '', fraction = '', exponent = ''] = parts ?? [];
  if (parts === null || (whole + fraction === '' && value !== '')) {
    throw new RecordError('PROTOBUF_INVALID', 'a google.type.Decimal is not a number');
  }
  const integer = whole.replace(/^0+(?=\d)/, '') || '0';
  const isNegative = sign === '-' && /[1-9]/.test(whole + fraction);
  return new Decimal(`${isNegative ? '-' : ''}${integer}.${fraction || '0'}${exponent}`);
}

/** Confluent's decimal: the bytes of an integer, and its scale. */
function decimalOfBytes(fields: Fields): Decimal {
  const bytes = bytesOfBase64(String(fields['value']));
  if (bytes === null) throw new RecordError('PROTOBUF_INVALID', 'a decimal has no bytes');
  return decimalOf(bytes, numberIn(fields, 'scale'));
}

/** Amounts and decimals of `google.type` and `confluent.type`. Source: their `.proto` files. */
export const amounts: readonly [string, WellKnownType][] = [
  ['.google.type.Money', converted(moneyOf)],
  ['.google.type.Decimal', converted(decimalOfText)],
  ['.confluent.type.Decimal', converted(decimalOfBytes)],
];
