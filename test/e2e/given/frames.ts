import {
  apicurioExport,
  type RecordedFrame,
  recordedFrames,
  recordedReplies,
} from '../../support/frames/recorded.ts';
import type { Apicurio } from './apicurio/apicurio.ts';
import type { Moto } from './moto/moto.ts';
import type { Message } from './topic.ts';

/** A recorded record as a producer sends it. */
export const messageOf = ({ key, value, headers }: RecordedFrame): Message => ({
  key,
  value,
  headers,
});

/** Gives the registry the schemas of the records that Apicurio's serializers wrote: these. */
export async function givenApicurioFrames(apicurio: Apicurio): Promise<RecordedFrame[]> {
  await apicurio.load(apicurioExport());
  return recordedFrames('apicurio');
}

/** Where a frame of Glue has the id of the schema's version. */
const idStart = 2;
const idEnd = 18;

/**
 * Registers the schemas of the records that Glue's serializers wrote, and returns these with the
 * ids that the registry has given: it does not take any.
 */
export async function givenGlueFrames(moto: Moto): Promise<RecordedFrame[]> {
  const ids = new Map<string, Buffer>();
  const replies = recordedReplies('glue').filter(({ status }) => status === 200);
  for (const [index, { body }] of replies.entries()) {
    const { SchemaVersionId, SchemaDefinition, DataFormat } = JSON.parse(body);
    const created = await moto.glue('CreateSchema', {
      SchemaName: `schema-${index}`,
      ...{ SchemaDefinition, DataFormat, Compatibility: 'NONE' },
    });
    ids.set(hexOf(SchemaVersionId), Buffer.from(hexOf(String(created['SchemaVersionId'])), 'hex'));
  }
  const renamed = (frame: Buffer) => {
    const id = ids.get(frame.toString('hex', idStart, idEnd));
    if (id === undefined) throw new Error('The schema of a record is not among the replies.');
    return Buffer.concat([frame.subarray(0, idStart), id, frame.subarray(idEnd)]);
  };
  return recordedFrames('glue').map((record) => ({
    ...record,
    key: renamed(record.key),
    value: renamed(record.value),
  }));
}

const hexOf = (uuid: string) => uuid.replaceAll('-', '');
