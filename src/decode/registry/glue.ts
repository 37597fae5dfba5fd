import { type ErrorCode, SinkError } from '../../errors.ts';
import { awsClientOptions, awsErrorName } from '../../runtime/aws-client.ts';
import { type Deadline, within } from '../../runtime/deadline.ts';
import type { GetSchemaVersion, SchemaVersion } from './glue-client.ts';
import type { RegisteredSchema, Registry } from './registry.ts';

/** The SDK's call, loaded at the first one. */
export function glueSchemas(options: object = {}): GetSchemaVersion {
  let client: Promise<GetSchemaVersion> | null = null;
  return async (schemaVersionId) => {
    client ??= import('./glue-client.ts').then((sdk) =>
      sdk.glueClient({ ...awsClientOptions, ...options }),
    );
    return (await client)(schemaVersionId);
  };
}

/** Errors of a call that fails again until permissions or settings change. */
const refusals: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  ...['InvalidInputException', 'KMSAccessDeniedException', 'CredentialsProviderError'],
  ...['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId'],
]);

const remedies: Partial<Record<ErrorCode, string>> = {
  SCHEMA_REGISTRY_REFUSED:
    "Allow the function's role glue:GetSchemaVersion, as `glueSchemas` in the sinks file does; outside Lambda, check the credentials.",
  SCHEMA_REGISTRY_UNAVAILABLE:
    'Kafka redelivers the records. If it persists, check the network path to AWS Glue.',
};

function failure(error: unknown): SinkError {
  const name = awsErrorName(error);
  const code = refusals.has(name) ? 'SCHEMA_REGISTRY_REFUSED' : 'SCHEMA_REGISTRY_UNAVAILABLE';
  const message = `AWS Glue GetSchemaVersion failed (${name}). ${remedies[code] ?? ''}`;
  return new SinkError(code, message, { cause: error });
}

const invalidReply = (id: string): SinkError =>
  new SinkError(
    'SCHEMA_REGISTRY_REPLY_INVALID',
    `AWS Glue GetSchemaVersion answered with something other than the schema version ${id}.`,
  );

/** AWS Glue Schema Registry. A schema is named by the UUID of its version; none references another. */
export class GlueRegistry implements Registry {
  readonly #getSchemaVersion: GetSchemaVersion;

  constructor(getSchemaVersion: GetSchemaVersion = glueSchemas()) {
    this.#getSchemaVersion = getSchemaVersion;
  }

  async schema(schemaId: string, deadline: Deadline): Promise<RegisteredSchema | null> {
    let version: SchemaVersion;
    try {
      version = await within(deadline, this.#getSchemaVersion(schemaId));
    } catch (error) {
      if (awsErrorName(error) === 'EntityNotFoundException') return null;
      throw failure(error);
    }
    const { SchemaDefinition: text, DataFormat: type } = version;
    if (text === undefined || type === undefined) throw invalidReply(schemaId);
    return { type, text, references: [] };
  }

  reference(): Promise<null> {
    return Promise.resolve(null);
  }
}
