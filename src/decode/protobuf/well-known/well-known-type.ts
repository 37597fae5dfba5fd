import { Decimal, type Fields, type FieldValue } from '../../decoded-record.ts';
import type { MessageType } from '../message-type.ts';

/** What a well-known type becomes; any other is an object of its fields. */
export type WellKnownType = Pick<MessageType, 'convert'>;

/** A type whose values are not objects. */
export const converted = (convert: (fields: Fields) => FieldValue): WellKnownType => ({
  convert,
});

/** The number of a field, which a type of this name should have. */
export const numberIn = (fields: Fields, name: string): number => {
  const value = fields[name];
  return value instanceof Decimal ? Number(value.source) : Number(value ?? 0);
};
