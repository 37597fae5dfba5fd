import type { Config } from '../config/config.ts';
import { ApicurioRegistry } from '../decode/registry/apicurio.ts';
import { ConfluentRegistry } from '../decode/registry/confluent.ts';
import { GlueRegistry } from '../decode/registry/glue.ts';
import type { Registry } from '../decode/registry/registry.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { credentialsFrom, type ReadSecret } from '../salesforce/session/credentials.ts';
import type { Checks } from './finding.ts';

/** What registries are checked with. */
export interface RegistryCheckParts {
  readonly runtime: Runtime;
  readonly readSecret: ReadSecret;
  /** AWS Glue's registry; the doctor's role reads it. */
  readonly glue?: Registry;
}

/** Schemas that no registry has: a registry that says so can be reached and read. */
const nobody = { id: '2147483647', uuid: '00000000-0000-0000-0000-000000000000' };

/** Checks the registries of a sink, each by asking for a schema that it does not have. */
export async function checkRegistries(
  seen: Checks,
  { runtime, readSecret, glue = new GlueRegistry() }: RegistryCheckParts,
  { config, deadline }: { readonly config: Config; readonly deadline: Deadline },
): Promise<void> {
  const { schemaRegistryUrl: url } = config;
  if (url !== null) {
    const readCredentials = credentialsFrom(config.secretId, readSecret);
    const readLogin = async () => (await readCredentials(deadline, true)).schemaRegistry;
    const parts = { url, readLogin, runtime, maxRetries: 1 };
    const isApicurio = new URL(url).pathname.startsWith('/apis/');
    await seen.run('schema registry', async () => {
      await new ConfluentRegistry(parts).schema(nobody.id, deadline);
      if (isApicurio) await new ApicurioRegistry(parts).schema(`globalIds/${nobody.id}`, deadline);
      return { detail: `${new URL(url).host} can be read`, value: true };
    });
  }
  if (!config.glueSchemaRegistry) return;
  await seen.run('Glue schemas', async () => {
    await glue.schema(nobody.uuid, deadline);
    return { detail: 'AWS Glue Schema Registry can be read', value: true };
  });
}
