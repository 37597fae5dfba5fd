import { LOCAL_NAMES, startAccount } from './account.ts';

const SETTINGS = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
  FIELD_MAP: '{"mail":"Email","internal":null}',
};

/** Starts an account whose sink lacks nothing, for the doctor to look at. */
export async function startHealthyAccount() {
  const account = await startAccount(SETTINGS);
  return {
    sinks: [{ name: 'contacts', functionName: LOCAL_NAMES.sink }],
    doctor: LOCAL_NAMES.doctor,
    ...account.clients,
    close: () => account.close(),
  };
}
