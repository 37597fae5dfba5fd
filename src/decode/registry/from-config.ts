import type { Config } from '../../config/config.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { ApicurioRegistry } from './apicurio.ts';
import type { ReadRegistryLogin } from './authorized-get.ts';
import { ConfluentRegistry } from './confluent.ts';
import { GlueRegistry } from './glue.ts';
import type { Registry, RegistryName } from './registry.ts';

/** The registries that are configured. */
export type Registries = Readonly<Partial<Record<RegistryName, Registry>>>;

/** Creates the registries of a sink: `SCHEMA_REGISTRY_URL` may be Confluent's or Apicurio's. */
export function registriesFromConfig(
  config: Pick<Config, 'schemaRegistryUrl' | 'glueSchemaRegistry' | 'maxRetries'>,
  runtime: Runtime,
  readLogin: ReadRegistryLogin,
): Registries {
  const { schemaRegistryUrl: url, glueSchemaRegistry, maxRetries } = config;
  const parts = url === null ? null : { url, readLogin, runtime, maxRetries };
  return {
    ...(parts && {
      confluent: new ConfluentRegistry(parts),
      apicurio: new ApicurioRegistry(parts),
    }),
    ...(glueSchemaRegistry && { glue: new GlueRegistry() }),
  };
}
