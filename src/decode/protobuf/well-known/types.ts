import { amounts } from './amounts.ts';
import { dates } from './dates.ts';
import { googleProtobuf } from './google-protobuf.ts';
import type { WellKnownType } from './well-known-type.ts';

const plain: WellKnownType = { convert: null };

/** Types by their full names, whose values are not the objects that their fields say. */
const wellKnownTypes: ReadonlyMap<string, WellKnownType> = new Map([
  ...googleProtobuf,
  ...dates,
  ...amounts,
]);

/** The value of a message type by its full name with a leading dot. */
export const wellKnownType = (name: string): WellKnownType => wellKnownTypes.get(name) ?? plain;
