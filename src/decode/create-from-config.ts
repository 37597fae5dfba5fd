import { type Config, deletesTombstones } from '../config/config.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createDecode, type Decode } from './decode.ts';
import { ApicurioRegistry } from './registry/apicurio.ts';
import type { ReadRegistryLogin } from './registry/authorized-get.ts';
import { ConfluentRegistry } from './registry/confluent.ts';
import { GlueRegistry } from './registry/glue.ts';
import { type Registries, SchemaCache } from './schema/schema-cache.ts';

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
  const { glueSchemaRegistry } = config;
  const parts = url === null ? null : { url, readLogin, runtime, maxRetries };
  const registries: Registries = {
    ...(parts && {
      confluent: new ConfluentRegistry(parts),
      apicurio: new ApicurioRegistry(parts),
    }),
    ...(glueSchemaRegistry && { glue: new GlueRegistry() }),
  };
  return createDecode(valueFormat, new SchemaCache(registries, runtime.clock), settings);
}
