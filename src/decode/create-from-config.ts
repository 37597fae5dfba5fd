import { type Config, deletesTombstones } from '../config/config.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createDecode, type Decode } from './decode.ts';
import type { ReadRegistryLogin } from './registry/authorized-get.ts';
import { registriesFromConfig } from './registry/from-config.ts';
import { SchemaCache } from './schema/schema-cache.ts';

/**
 * Creates the decoder of a sink, with a registry if one is configured. Sinks that delete decode keys
 * too.
 */
export function createDecodeFromConfig(
  config: Config,
  runtime: Runtime,
  readLogin: ReadRegistryLogin,
): Decode {
  const { valueFormat, changeEvents, transform } = config;
  const ofDeletes = deletesTombstones(config) ? 'tombstones' : 'none';
  const readsKeys = transform === null ? ofDeletes : 'all';
  const settings = { readsKeys, changeEvents } as const;
  const registries = registriesFromConfig(config, runtime, readLogin);
  return createDecode(valueFormat, new SchemaCache(registries, runtime.clock), settings);
}
