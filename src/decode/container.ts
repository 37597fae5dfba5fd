import type { Config } from '../config/config.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createDecode, type Decode } from './decode.ts';
import { type ReadRegistryLogin, SchemaRegistry } from './registry/confluent-registry.ts';
import { Schemas } from './registry/schemas.ts';

/**
 * Makes the decoder that the settings ask for, with its registry where they name one. Keys are read
 * where rows are deleted by them.
 */
export function decodeFor(
  { valueFormat, schemaRegistryUrl: url, maxRetries, operation }: Config,
  runtime: Runtime,
  readLogin: ReadRegistryLogin,
): Decode {
  const deletes = operation === 'delete' || operation === 'hardDelete';
  if (url === null) return createDecode(valueFormat, null, deletes);
  const registry = new SchemaRegistry({ url, readLogin, runtime, maxRetries });
  return createDecode(valueFormat, new Schemas(registry, runtime.clock), deletes);
}
