/** A value as the API takes it: its type and the value, such as `{ S: 'text' }`. */
type Value = Readonly<Record<string, unknown>>;

/** Bytes of a list or map besides its elements, each of which takes one more. */
const documentBytes = 3;

/**
 * The bytes of an item: names and values, as UTF-8. Source: DynamoDB developer guide, "DynamoDB item
 * sizes and formats"; of a number only an approximation is documented.
 */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value as Value),
    0,
  );
}

function valueBytes(value: Value): number {
  const [type = '', content] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'N':
      return Math.ceil(String(content).replace(/\D/g, '').length / 2) + 1;
    case 'B':
      return Buffer.from(String(content), 'base64').length;
    case 'SS':
    case 'NS':
    case 'BS': {
      const values = content as readonly string[];
      return values.reduce((sum, one) => sum + valueBytes({ [type.charAt(0)]: one }), 0);
    }
    case 'L': {
      const values = content as readonly Value[];
      return values.reduce((sum, one) => sum + 1 + valueBytes(one), documentBytes);
    }
    case 'M': {
      const map = content as Readonly<Record<string, Value>>;
      return documentBytes + Object.keys(map).length + itemBytes(map);
    }
    default:
      return 1;
  }
}
