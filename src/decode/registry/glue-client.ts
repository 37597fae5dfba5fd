// The only file that imports the SDK's client of Glue: a file beside the function, loaded when needed.
import { GetSchemaVersionCommand, GlueClient, type GlueClientConfig } from '@aws-sdk/client-glue';

/** Glue's reply for a schema version. */
export interface SchemaVersion {
  readonly SchemaDefinition?: string | undefined;
  readonly DataFormat?: string | undefined;
}

/** Fetches a schema version by its UUID. Throws the SDK's errors. */
export type GetSchemaVersion = (schemaVersionId: string) => Promise<SchemaVersion>;

/** The SDK's call, in the region of the function. */
export function glueClient(options: GlueClientConfig): GetSchemaVersion {
  const glue = new GlueClient(options);
  return (id) => glue.send(new GetSchemaVersionCommand({ SchemaVersionId: id }));
}
