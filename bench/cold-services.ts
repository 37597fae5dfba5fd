import { startEmulator } from 'salesforce-bulk-emulator';
import { startSecretsManager } from '../local/aws/secrets-manager.ts';
import { formats } from './formats.ts';
import { contactEvent } from './records.ts';

/** The first event of a cold process. */
export const firstEvent = JSON.stringify(contactEvent(100, formats.JSON.write));

/** What a cold process calls, in this process, and its environment. */
export async function coldServices() {
  const secret = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });
  const secrets = await startSecretsManager({ bench: secret });
  const org = await startEmulator();
  return {
    org,
    env: {
      SALESFORCE_OBJECT: 'Contact',
      SALESFORCE_URI: org.url,
      SALESFORCE_SECRET_ID: 'bench',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      UNKNOWN_FIELDS: 'drop',
    },
    /** When the first job since `begin` was created, in milliseconds after it. */
    createdAfter: (begin: number): number => {
      const created = org.requests().find(({ call }) => call === 'create' || call === 'multipart');
      return (created?.at ?? Number.NaN) - begin;
    },
    close: async () => {
      await org.close();
      await secrets.close();
    },
  };
}
