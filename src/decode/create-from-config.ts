import { type Config, deletesTombstones } from '../config/config.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createDecode, type Decode } from './decode.ts';
import { type ReadRegistryLogin, SchemaRegistry } from './registry/confluent-registry.ts';
import { SchemaCache } from './registry/schema-cache.ts';

/**
 * Creates the decoder of a sink, with a registry if one is configured. Sinks that delete decode keys
 * too.
 */
export function createDecodeFromConfig(
  config: Config,
  runtime: Runtime,
  readLogin: ReadRegistryLogin,
): Decode {
  const { valueFormat, schemaRegistryUrl: url, maxRetries, changeEvents, transform } = config;
  const ofDeletes = deletesTombstones(config) ? 'tombstones' : 'none';
  const readsKeys = transform === null ? ofDeletes : 'all';
  const settings = { readsKeys, changeEvents } as const;
  if (url === null) return createDecode(valueFormat, null, settings);
  const registry = new SchemaRegistry({ url, readLogin, runtime, maxRetries });
  return createDecode(valueFormat, new SchemaCache(registry, runtime.clock), settings);
}
