import { release } from '../../infra/release.ts';
import { releaseVariable } from '../../src/runtime/release.ts';
import { functionNames, startDeployment } from './deployment.ts';

const settings = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
  FIELD_MAP: '{"mail":"Email","internal":null}',
};

/** Starts a deployment that passes every check of the doctor. */
export async function startHealthyDeployment() {
  const deployment = await startDeployment({ ...settings, [releaseVariable]: release() });
  return {
    sinks: [{ name: 'contacts', functionName: functionNames.sink }],
    doctor: functionNames.doctor,
    place: null,
    ...deployment.clients,
    close: () => deployment.close(),
  };
}
