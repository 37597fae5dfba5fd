import { expect, onTestFinished, test } from 'vitest';
import { type RecordedFrame, recordedFrames, recordedReplies } from '../support/frames/recorded.ts';
import { startApicurio } from './given/apicurio/apicurio.ts';
import { givenApicurioFrames, givenGlueFrames, messageOf } from './given/frames.ts';
import { givenMapping } from './given/mapping.ts';
import { startMoto } from './given/moto/moto.ts';
import { givenOrg } from './given/org.ts';
import { givenRunner } from './given/runner.ts';
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

/** Those that are read as they are: VALUES.md lists the frames that are not. */
const isRead = ({ name }: RecordedFrame) => !/prefix globalId|of 8 bytes|JSON encoding/.test(name);

/** Runs the sink on these records, and returns the names of the contacts that it wrote. */
async function namesWritten(
  frames: readonly RecordedFrame[],
  settings: Readonly<Record<string, string>>,
): Promise<unknown[]> {
  const topic = await givenTopic();
  await topic.produce(frames.map(messageOf));
  const org = await givenOrg();
  const environment = { UNKNOWN_FIELDS: 'drop', FIELD_MAP: '{"Name":"LastName"}', ...settings };
  givenRunner(topic, { org, group: topic.name, environment });
  await expect
    .poll(() => org.records('Contact').length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(frames.length);
  return org.records('Contact').map(({ LastName }) => LastName);
}

const namesIn = (frames: readonly RecordedFrame[]) =>
  frames.map(({ expected }) => expected['LastName'] ?? expected['Name']);

test('frames of Apicurio are written with the schemas of a running Apicurio Registry', async () => {
  const apicurio = await startApicurio();
  onTestFinished(() => apicurio.stop());
  const frames = (await givenApicurioFrames(apicurio)).filter(isRead);

  const written = await namesWritten(frames, {
    SCHEMA_REGISTRY_URL: `${apicurio.url}/apis/ccompat/v7`,
  });
  expect(written.toSorted()).toEqual(namesIn(frames).toSorted());
});

test("frames of Glue are written with the schemas of moto's Glue", async () => {
  const moto = await startMoto();
  onTestFinished(() => moto.stop());
  const frames = await givenGlueFrames(moto);

  const written = await namesWritten(frames, { GLUE_SCHEMA_REGISTRY: 'true', ...moto.environment });
  expect(written.toSorted()).toEqual(namesIn(frames).toSorted());
});
