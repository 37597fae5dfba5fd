import { describe, expect, it } from 'vitest';
import { GlueRegistry } from '../../../src/decode/registry/glue.ts';
import { Deadline } from '../../../src/runtime/deadline.ts';
import { systemRuntime } from '../../../src/runtime/runtime.ts';

const { clock } = systemRuntime();
const id = 'b7b4a7f0-9c96-4e4a-a687-1d8c1c1c1c1c';
const deadline = () => new Deadline(clock, clock.now() + 60_000);

const failing = (name: string) => () => Promise.reject(Object.assign(new Error('no'), { name }));
const ask = (registry: GlueRegistry, until = deadline()) => registry.schema(id, until);

describe('AWS Glue Schema Registry', () => {
  it('returns the text and the format of a schema version', async () => {
    const registry = new GlueRegistry(async () => ({
      SchemaDefinition: '"string"',
      DataFormat: 'AVRO',
    }));
    expect(await ask(registry)).toEqual({ type: 'AVRO', text: '"string"', references: [] });
  });

  it('returns null for an unknown version', async () => {
    expect(await ask(new GlueRegistry(failing('EntityNotFoundException')))).toBeNull();
  });

  it.each(['AccessDeniedException', 'UnrecognizedClientException', 'CredentialsProviderError'])(
    'that refuses with %s names the permission',
    async (name) => {
      const error = { code: 'SCHEMA_REGISTRY_REFUSED', retryable: false };
      await expect(ask(new GlueRegistry(failing(name)))).rejects.toMatchObject({
        ...error,
        message: expect.stringContaining('glue:GetSchemaVersion'),
      });
    },
  );

  it.each(['ThrottlingException', 'InternalServiceException', 'TimeoutError'])(
    'that is down with %s fails the flush with a retryable error',
    async (name) => {
      const error = { code: 'SCHEMA_REGISTRY_UNAVAILABLE', retryable: true };
      await expect(ask(new GlueRegistry(failing(name)))).rejects.toMatchObject(error);
    },
  );

  it('that does not reply is given up at the deadline', async () => {
    const registry = new GlueRegistry(() => new Promise(() => undefined));
    const error = { retryable: true };
    await expect(ask(registry, new Deadline(clock, clock.now() + 300))).rejects.toMatchObject(
      error,
    );
  });

  it('that answers without a schema is another server', async () => {
    const error = { code: 'SCHEMA_REGISTRY_REPLY_INVALID' };
    await expect(ask(new GlueRegistry(async () => ({})))).rejects.toMatchObject(error);
  });
});
