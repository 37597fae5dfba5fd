import { readConfig } from '../../../src/config/config.ts';

/** The function's settings where a sinks file has none. */
export const sinkDefaults = readConfig({
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: 'https://acme.my.salesforce.com',
  SALESFORCE_SECRET_ID: 'msk-salesforce-sink/prod/salesforce',
});

/** Seconds after which a flush gives up waiting: Lambda's 14 minutes, less what later steps need. */
export const waitSeconds = 820;
