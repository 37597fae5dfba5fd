import { expect, onTestFinished, test } from 'vitest';
import { recordedFrames, recordedReplies } from '../support/frames/recorded.ts';
import { startApicurio } from './given/apicurio/apicurio.ts';
import { givenApicurioFrames, givenGlueFrames, messageOf } from './given/frames.ts';
import { givenMapping } from './given/mapping.ts';
import { startMoto } from './given/moto/moto.ts';
import { givenTopic } from './given/topic.ts';

test('Apicurio Registry answers as it did when its frames were recorded', async () => {
  const apicurio = await startApicurio();
  onTestFinished(() => apicurio.stop());
  await givenApicurioFrames(apicurio);

  for (const { request, status, body } of recordedReplies('apicurio')) {
    const response = await fetch(apicurio.url + request.replace(/^GET /, ''));
    expect.soft([request, response.status, await response.text()]).toEqual([request, status, body]);
  }
});

test('moto has the schemas of the frames of Glue', async () => {
  const moto = await startMoto();
  onTestFinished(() => moto.stop());
  const known = recordedReplies('glue').map(({ body }) => JSON.parse(body).SchemaDefinition);

  for (const { value } of await givenGlueFrames(moto)) {
    const hex = value.toString('hex', 2, 18);
    const SchemaVersionId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const { SchemaDefinition } = await moto.glue('GetSchemaVersion', { SchemaVersionId });
    expect(known).toContain(SchemaDefinition);
  }
});

test('keys, values and headers of recorded frames arrive as they were written', async () => {
  const records = [...recordedFrames('confluent'), ...recordedFrames('apicurio')];
  const topic = await givenTopic();
  await topic.produce(records.map(messageOf));
  const mapping = givenMapping(topic);
  await expect.poll(() => mapping.records().length, { timeout: 60_000 }).toBe(records.length);

  const arrived = mapping.records().map(({ key, value, headers }) => ({ key, value, headers }));
  expect(arrived).toEqual(
    records.map(({ key, value, headers }) => ({
      key: key.toString('base64'),
      value: value.toString('base64'),
      headers: headers.map(([name, bytes]) => ({ [name]: [...new Int8Array(bytes)] })),
    })),
  );
});
