import { expect, test } from 'vitest';
import { environment } from '../../../infra/sinks-file/environment.ts';
import { stageWith } from '../given.ts';

const environmentOf = (keys: Record<string, unknown>) =>
  environment(stageWith(keys).sinks[0]!, { ledger: null, errantQueue: 'https://q' });

test('glueSchemas sets the setting of the function', () => {
  expect(environmentOf({ glueSchemas: true })).toMatchObject({ GLUE_SCHEMA_REGISTRY: 'true' });
  expect(environmentOf({})).not.toHaveProperty('GLUE_SCHEMA_REGISTRY');
});

test('VALUE_FORMAT of frames needs a registry, which glueSchemas is', () => {
  const settings = { VALUE_FORMAT: 'avro' };
  expect(() => stageWith({ settings })).toThrow('GLUE_SCHEMA_REGISTRY=true (glueSchemas');
  expect(environmentOf({ settings, glueSchemas: true })).toMatchObject(settings);
});
