import { localNames, startAccount } from './account.ts';

const settings = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
  FIELD_MAP: '{"mail":"Email","internal":null}',
};

/** Starts an account whose sink lacks nothing, for the doctor to look at. */
export async function startHealthyAccount() {
  const account = await startAccount(settings);
  return {
    sinks: [{ name: 'contacts', functionName: localNames.sink }],
    doctor: localNames.doctor,
    ...account.clients,
    close: () => account.close(),
  };
}
