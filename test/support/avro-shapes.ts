import fc from 'fast-check';

/** A type of Avro without the names that it needs. */
export type Shape =
  | {
      readonly kind: 'scalar';
      readonly type: keyof typeof scalars;
      readonly logical: string | null;
    }
  | { readonly kind: 'enum'; readonly symbols: number }
  | { readonly kind: 'fixed'; readonly size: number }
  | { readonly kind: 'array'; readonly items: Shape }
  | { readonly kind: 'map'; readonly values: Shape }
  | { readonly kind: 'union'; readonly branches: readonly Shape[] }
  | { readonly kind: 'record'; readonly fields: readonly Shape[] };

/** Writes a whole number as Avro does: zigzag, seven bits in each byte, the lowest first. */
function whole(number: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, (number << 1n) ^ (number >> 63n));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

const sized = (bytes: Uint8Array): Buffer =>
  Buffer.concat([whole(BigInt(bytes.length)), Buffer.from(bytes)]);

const bytes = (size: number) =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((drawn) => Buffer.from(drawn));

const bits = (size: bigint) =>
  fc.bigInt({ min: -(2n ** (size - 1n)), max: 2n ** (size - 1n) - 1n });

/** Text with a mark by which it would be known in a reason. */
const text = fc.string({ unit: 'grapheme', maxLength: 4 }).map((end) => `pin-4711${end}`);

const scalars = {
  null: fc.constant(Buffer.alloc(0)),
  boolean: fc.boolean().map((value) => Buffer.from([Number(value)])),
  int: bits(32n).map(whole),
  long: fc.oneof(bits(64n), bits(50n)).map(whole),
  float: bytes(4),
  double: bytes(8),
  string: text.map((value) => sized(Buffer.from(value))),
  bytes: fc.uint8Array({ maxLength: 20 }).map(sized),
};

const logicals: readonly string[] = [
  ...['date', 'time-millis', 'time-micros', 'timestamp-millis', 'timestamp-micros'],
  ...['timestamp-nanos', 'local-timestamp-millis', 'decimal', 'uuid', 'unknown'],
];

const scalar: fc.Arbitrary<Shape> = fc.record({
  kind: fc.constant('scalar' as const),
  type: fc.constantFrom(...(Object.keys(scalars) as (keyof typeof scalars)[])),
  logical: fc.constantFrom<string | null>(null, ...logicals),
});

/** What tells the branches of a union apart; it holds no union itself. */
const branchOf = (shape: Shape): string | number =>
  shape.kind === 'scalar' ? shape.type : shape.kind;

/** Types of every kind, some levels deep. */
export const shapes: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.record({ kind: fc.constant('enum' as const), symbols: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('fixed' as const), size: fc.constantFrom(0, 1, 12, 16) }),
    fc.record({ kind: fc.constant('array' as const), items: tie('shape') }),
    fc.record({ kind: fc.constant('map' as const), values: tie('shape') }),
    fc.record({
      kind: fc.constant('union' as const),
      branches: fc.uniqueArray(
        tie('shape').filter(({ kind }) => kind !== 'union'),
        { minLength: 1, maxLength: 3, selector: branchOf },
      ),
    }),
    fc.record({
      kind: fc.constant('record' as const),
      fields: fc.array(tie('shape'), { maxLength: 3 }),
    }),
  ),
})).shape;

/** The schema of a type, with a name for each that needs one. */
export function schemaOf(shape: Shape): string {
  let names = 0;
  const named = (shape: Shape): unknown => {
    const name = `N${names++}`;
    switch (shape.kind) {
      case 'scalar':
        return shape.logical === null
          ? shape.type
          : { type: shape.type, logicalType: shape.logical, precision: 20, scale: 3 };
      case 'enum':
        return { type: 'enum', name, symbols: ['Größe', 'B', 'C'].slice(0, shape.symbols) };
      case 'fixed':
        return { type: 'fixed', name, size: shape.size, logicalType: 'duration' };
      case 'array':
        return { type: 'array', items: named(shape.items) };
      case 'map':
        return { type: 'map', values: named(shape.values) };
      case 'union':
        return shape.branches.map(named);
      case 'record': {
        const fields = shape.fields.map((field, n) => ({ name: `F${n}`, type: named(field) }));
        return { type: 'record', name, fields };
      }
    }
  };
  return JSON.stringify(named(shape));
}

/** Blocks of items, the second with its size in bytes in front. */
const blocks = (item: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc.array(fc.array(item, { minLength: 1, maxLength: 3 }), { maxLength: 2 }).map((drawn) =>
    Buffer.concat([
      ...drawn.flatMap((items, n) => {
        const count = BigInt(items.length);
        const all = Buffer.concat(items);
        return n === 0 ? [whole(count), all] : [whole(-count), whole(BigInt(all.length)), all];
      }),
      whole(0n),
    ]),
  );

const joined = (parts: readonly fc.Arbitrary<Buffer>[]): fc.Arbitrary<Buffer> =>
  fc.tuple(...parts).map((drawn) => Buffer.concat(drawn));

/** Bytes of any value of a type. */
export function writtenOf(shape: Shape): fc.Arbitrary<Buffer> {
  switch (shape.kind) {
    case 'scalar':
      return scalars[shape.type];
    case 'enum':
      return fc.nat(shape.symbols - 1).map((symbol) => whole(BigInt(symbol)));
    case 'fixed':
      return bytes(shape.size);
    case 'array':
      return blocks(writtenOf(shape.items));
    case 'map':
      return blocks(joined([scalars.string, writtenOf(shape.values)]));
    case 'union':
      return fc.oneof(
        ...shape.branches.map((branch, n) =>
          writtenOf(branch).map((written) => Buffer.concat([whole(BigInt(n)), written])),
        ),
      );
    case 'record':
      return joined(shape.fields.map(writtenOf));
  }
}
