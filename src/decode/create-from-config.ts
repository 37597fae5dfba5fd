import type { Config } from '../config/config.ts';
import { isDelete } from '../config/settings.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createDecode, type Decode } from './decode.ts';
import { type ReadRegistryLogin, SchemaRegistry } from './registry/confluent-registry.ts';
import { SchemaCache } from './registry/schema-cache.ts';

/**
 * Creates the decoder of a sink, with a registry if one is configured. Delete sinks decode keys
 * too.
 */
export function createDecodeFromConfig(
  { valueFormat, schemaRegistryUrl: url, maxRetries, operation, changeEvents, transform }: Config,
  runtime: Runtime,
  readLogin: ReadRegistryLogin,
): Decode {
  const deletes = isDelete(operation);
  const readsKeys = transform === null ? (deletes ? 'tombstones' : 'none') : 'all';
  const settings = { readsKeys, changeEvents } as const;
  if (url === null) return createDecode(valueFormat, null, settings);
  const registry = new SchemaRegistry({ url, readLogin, runtime, maxRetries });
  return createDecode(valueFormat, new SchemaCache(registry, runtime.clock), settings);
}
