import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

type Draw = () => number;

const whole = (draw: Draw, below: number): number => Math.floor(draw() * below);

const pick = <T>(draw: Draw, list: readonly T[]): T => list[whole(draw, list.length)] as T;

/** Any 64 bits; often few of them, or nearly all. */
function bits64(draw: Draw): bigint {
  const bits = BigInt.asUintN(64, BigInt(whole(draw, 2 ** 32)) * BigInt(whole(draw, 2 ** 32)));
  const some = bits >> BigInt(whole(draw, 64));
  return draw() < 0.3 ? BigInt.asUintN(64, -some) : some;
}

const int32 = (draw: Draw): number => Number(BigInt.asIntN(32, bits64(draw)));
const int64 = (draw: Draw): bigint => BigInt.asIntN(64, bits64(draw));
const doubles = [0, -0, 0.1, 1.5e-9, 1e21, Number.NaN, Number.POSITIVE_INFINITY, 5e-324];
const texts = ['', 'a', 'pin-4711', 'Zoë', '日本', '\u{1f600}', '\ufffd', '__proto__'];

const write: Readonly<Record<number, (writer: BinaryWriter, draw: Draw) => unknown>> = {
  [ScalarType.DOUBLE]: (writer, draw) => writer.double(pick(draw, doubles) * (1 + draw())),
  [ScalarType.FLOAT]: (writer, draw) => writer.fixed32(whole(draw, 2 ** 32)),
  [ScalarType.INT32]: (writer, draw) => writer.int32(int32(draw)),
  [ScalarType.INT64]: (writer, draw) => writer.int64(int64(draw)),
  [ScalarType.UINT32]: (writer, draw) => writer.uint32(int32(draw) >>> 0),
  [ScalarType.UINT64]: (writer, draw) => writer.uint64(bits64(draw)),
  [ScalarType.SINT32]: (writer, draw) => writer.sint32(int32(draw)),
  [ScalarType.SINT64]: (writer, draw) => writer.sint64(int64(draw)),
  [ScalarType.FIXED32]: (writer, draw) => writer.fixed32(int32(draw) >>> 0),
  [ScalarType.FIXED64]: (writer, draw) => writer.fixed64(bits64(draw)),
  [ScalarType.SFIXED32]: (writer, draw) => writer.sfixed32(int32(draw)),
  [ScalarType.SFIXED64]: (writer, draw) => writer.sfixed64(int64(draw)),
  [ScalarType.BOOL]: (writer, draw) => writer.bool(draw() < 0.5),
  [ScalarType.STRING]: (writer, draw) => writer.string(pick(draw, texts)),
  [ScalarType.BYTES]: (writer, draw) => writer.bytes(Buffer.alloc(whole(draw, 5), 0x80)),
};

const wireTypes: Readonly<Record<number, WireType>> = {
  [ScalarType.DOUBLE]: WireType.Bit64,
  [ScalarType.FIXED64]: WireType.Bit64,
  [ScalarType.SFIXED64]: WireType.Bit64,
  [ScalarType.FLOAT]: WireType.Bit32,
  [ScalarType.FIXED32]: WireType.Bit32,
  [ScalarType.SFIXED32]: WireType.Bit32,
  [ScalarType.STRING]: WireType.LengthDelimited,
  [ScalarType.BYTES]: WireType.LengthDelimited,
};

/** The types of the values of a field: a message or a scalar; enums are written as int32. */
const typeOf = (field: DescField): DescMessage | ScalarType =>
  (field.fieldKind === 'list' && field.listKind === 'message') || field.fieldKind === 'message'
    ? (field.message as DescMessage)
    : ((field.scalar as ScalarType | undefined) ?? ScalarType.INT32);

function writeScalar(writer: BinaryWriter, type: ScalarType, draw: Draw, number: number): void {
  writer.tag(number, wireTypes[type] ?? WireType.Varint);
  write[type]?.(writer, draw);
}

function writeValue(
  writer: BinaryWriter,
  type: DescMessage | ScalarType,
  number: number,
  { draw, depth }: { draw: Draw; depth: number },
): void {
  if (typeof type === 'number') writeScalar(writer, type, draw, number);
  else writer.tag(number, WireType.LengthDelimited).bytes(randomMessage(type, draw, depth + 1));
}

function writeEntry(writer: BinaryWriter, field: DescField & { fieldKind: 'map' }, draw: Draw) {
  const entry = new BinaryWriter();
  const value = field.mapKind === 'message' ? field.message : (field.scalar ?? ScalarType.INT32);
  for (let parts = whole(draw, 4); parts > 0; parts--) {
    if (draw() < 0.5) writeScalar(entry, field.mapKey, draw, 1);
    else writeValue(entry, value, 2, { draw, depth: 3 });
  }
  writer.tag(field.number, WireType.LengthDelimited).bytes(entry.finish());
}

function writePacked(writer: BinaryWriter, field: DescField, type: ScalarType, draw: Draw): void {
  const items = new BinaryWriter();
  for (let count = whole(draw, 4); count > 0; count--) write[type]?.(items, draw);
  writer.tag(field.number, WireType.LengthDelimited).bytes(items.finish());
}

/** A field that the schema does not have, a group among them. */
function writeUnknown(writer: BinaryWriter, draw: Draw): void {
  const number = 3000 + whole(draw, 2);
  writer.tag(number, WireType.StartGroup);
  writeScalar(writer, pick(draw, [ScalarType.INT64, ScalarType.DOUBLE, ScalarType.BYTES]), draw, 1);
  writer.tag(number, WireType.EndGroup);
  writeScalar(writer, ScalarType.FIXED32, draw, number);
}

/** A field that is a list is packed in half of the cases where it can be. */
function writeField(
  writer: BinaryWriter,
  field: DescField,
  { draw, depth }: { draw: Draw; depth: number },
): void {
  if (field.fieldKind === 'map') {
    if (depth < 3) writeEntry(writer, field, draw);
    return;
  }
  const type = typeOf(field);
  if (typeof type !== 'number') {
    if (depth < 4) writeValue(writer, type, field.number, { draw, depth });
    return;
  }
  const isPackable = wireTypes[type] !== WireType.LengthDelimited && field.fieldKind === 'list';
  if (isPackable && draw() < 0.5) writePacked(writer, field, type, draw);
  else writeValue(writer, type, field.number, { draw, depth });
}

/**
 * Bytes of a message with any fields in any order: repeated ones packed or not, others more than
 * once, members of a oneof side by side, unknown ones.
 */
export function randomMessage(type: DescMessage, draw: Draw, depth = 0): Uint8Array {
  const writer = new BinaryWriter();
  const most = depth === 0 ? 12 : 4;
  for (let count = whole(draw, most); count > 0; count--) {
    if (draw() < 0.05) writeUnknown(writer, draw);
    writeField(writer, pick(draw, type.fields), { draw, depth });
  }
  return writer.finish();
}
