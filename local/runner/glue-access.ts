import { GlueClient } from '@aws-sdk/client-glue';
import type { Variables } from './logins.ts';
import { UsageError } from './usage-error.ts';

const endpointName = 'AWS_ENDPOINT_URL_GLUE';

/**
 * The region and the credentials with which the function reads schemas from AWS Glue: yours, since a
 * local run has no registry of its own. All other services of the function have endpoints on this
 * machine. Empty unless `GLUE_SCHEMA_REGISTRY` is on; throws UsageError when there are none.
 */
export async function glueAccess(
  settings: Readonly<Record<string, string>>,
  variables: Variables,
): Promise<Record<string, string>> {
  if (settings['GLUE_SCHEMA_REGISTRY'] !== 'true') return {};
  const endpoint = variables[endpointName] ?? '';
  const { region, credentials } = new GlueClient({}).config;
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
    return {
      AWS_REGION: await region(),
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
      ...(endpoint && { [endpointName]: endpoint }),
    };
  } catch (error) {
    throw new UsageError(
      'GLUE_SCHEMA_REGISTRY is on, and there are no AWS credentials or no region to read schemas with. Log in to AWS, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION.',
      { cause: error },
    );
  }
}
