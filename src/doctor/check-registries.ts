import type { Config } from '../config/config.ts';
import { registriesFromConfig } from '../decode/registry/from-config.ts';
import type { Registry } from '../decode/registry/registry.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { credentialsFrom, type ReadSecret } from '../salesforce/session/credentials.ts';
import type { Checks } from './checks.ts';

/** What registries are checked with. */
export interface RegistryCheckParts {
  readonly runtime: Runtime;
  readonly readSecret: ReadSecret;
  /** Called instead of AWS Glue's registry, which the doctor's role reads. */
  readonly glue?: Registry;
}

/** Schemas that no registry has: a registry that says so can be reached and read. */
const nobody = { id: '2147483647', uuid: '00000000-0000-0000-0000-000000000000' };

/** Checks the registries of a sink, each by asking for a schema that it does not have. */
export async function checkRegistries(
  checks: Checks,
  { runtime, readSecret, glue: otherGlue }: RegistryCheckParts,
  { config, deadline }: { readonly config: Config; readonly deadline: Deadline },
): Promise<void> {
  const { schemaRegistryUrl: url } = config;
  const readCredentials = credentialsFrom(config.secretId, readSecret);
  const readLogin = async () => (await readCredentials(deadline, true)).schemaRegistry;
  const parts = { ...config, maxRetries: 1 };
  const { confluent, apicurio, glue } = registriesFromConfig(parts, runtime, readLogin);
  if (url !== null) {
    const { host, pathname } = new URL(url);
    const isApicurio = pathname.startsWith('/apis/');
    await checks.run('schema registry', async () => {
      await confluent?.schema(nobody.id, deadline);
      if (isApicurio) await apicurio?.schema(`globalIds/${nobody.id}`, deadline);
      return { detail: `${host} can be read`, value: true };
    });
  }
  if (glue === undefined) return;
  await checks.run('Glue schemas', async () => {
    await (otherGlue ?? glue).schema(nobody.uuid, deadline);
    return { detail: 'AWS Glue Schema Registry can be read', value: true };
  });
}
