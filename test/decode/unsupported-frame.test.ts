import { expect, it } from 'vitest';
import { valueFormats } from '../../src/config/settings.ts';
import { rowsOf } from '../support/tables.ts';
import { framed, knownSchemas, type Outcome, outcomesOf } from '../support/values.ts';

const schemas = knownSchemas({});
const uuid = '5f2a9c1e6d3b4a70b8c94d5e6f708192';

/** The outcomes of bytes in every format, with a registry and without. */
const everywhere = async (bytes: Buffer): Promise<Outcome[]> => {
  const given = valueFormats.flatMap((format) => [
    { format, schemas },
    { format, schemas: null },
  ]);
  return (await Promise.all(given.map((one) => outcomesOf([bytes], one)))).flat();
};

// JSON by AWS Glue's schema-registry-serde 1.1.25 with compression NONE and ZLIB, and Avro by
// Apicurio's serdes with ids of eight bytes.
const plain = Buffer.from(`0300${uuid}${Buffer.from('{"LastName":"a"}').toString('hex')}`, 'hex');
const zlib = Buffer.from(`0305${uuid}789cab56f2492c2ef14bcc4d55b2524a54aa05002e2d0531`, 'hex');
const longId = Buffer.from('0000000000000000020261', 'hex');

const frames: Readonly<Record<string, Buffer>> = {
  'AWS Glue': plain,
  'AWS Glue, compressed': zlib,
  'Apicurio, ids of 8 bytes': longId,
};

it.each(rowsOf('Frames that are not read'))('%s, %s: %s', async (type, _bytes, cell) => {
  expect(frames).toHaveProperty([type]);
  for (const outcome of await everywhere(frames[type]!)) {
    expect(`errant: \`${'code' in outcome ? outcome.code : ''}\``).toBe(cell);
  }
});

it('the document has every frame', () => {
  expect(rowsOf('Frames that are not read').map(([type]) => type)).toEqual(Object.keys(frames));
});

it.each([
  ['uncompressed', plain],
  ['compressed', zlib],
  ['without a value', plain.subarray(0, 18)],
])("a value in AWS Glue's frame, %s, is named in the reason", async (_how, bytes) => {
  for (const outcome of await everywhere(bytes)) {
    expect(outcome).toMatchObject({
      code: 'FRAME_INVALID',
      reason: expect.stringMatching(/AWS Glue Schema Registry.*not decode.*SchemaRegistryConfig/),
    });
  }
});

it.each([
  ['an unknown compression', `0301${uuid}7b7d`],
  ['half an id', `0300${uuid.slice(0, 20)}`],
])("a value that begins with Glue's byte and has %s is not Glue's", async (_what, hex) => {
  const [outcome] = await outcomesOf([Buffer.from(hex, 'hex')]);
  expect(outcome).toMatchObject({ reason: expect.not.stringContaining('Glue') });
});

it("a value with Apicurio's id of eight bytes is named in the reason, and no registry is called", async () => {
  const requested: number[] = [];
  const nobody = knownSchemas(
    new Proxy({}, { get: (_none, id) => void requested.push(Number(id)) }) as never,
  );
  expect(await outcomesOf([longId], { schemas: nobody })).toMatchObject([
    { code: 'FRAME_INVALID' },
  ]);
  expect(requested).toEqual([]);
  for (const outcome of await everywhere(longId)) {
    expect(outcome).toMatchObject({
      code: 'FRAME_INVALID',
      reason: expect.stringMatching(
        /8 bytes.*Apicurio.*apicurio\.registry\.id-handler.*Legacy4ByteIdHandler.*Default4ByteIdHandler/,
      ),
    });
  }
});

it("four zero bytes are not an id, nor Apicurio's without eight bytes", async () => {
  expect(await outcomesOf([framed(0, 'x')], { schemas })).toMatchObject([
    { code: 'FRAME_INVALID', reason: expect.stringContaining('no schema id') },
  ]);
});
