import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { GlueRegistry } from '../../src/decode/registry/glue.ts';
import { checkRegistries } from '../../src/doctor/check-registries.ts';
import { Checks } from '../../src/doctor/finding.ts';
import { Deadline } from '../../src/runtime/deadline.ts';
import { systemRuntime } from '../../src/runtime/runtime.ts';

const runtime = systemRuntime();

/** The finding about a Glue that fails every call with this error. */
async function findingOf(name: string) {
  const checks = new Checks();
  const config = readConfig({
    ...{ SALESFORCE_URI: 'https://acme.my.salesforce.com', SALESFORCE_OBJECT: 'Contact' },
    ...{ SALESFORCE_SECRET_ID: 'prod/salesforce', GLUE_SCHEMA_REGISTRY: 'true' },
  });
  const glue = new GlueRegistry(() => Promise.reject(Object.assign(new Error('no'), { name })));
  const deadline = new Deadline(runtime.clock, runtime.clock.now() + 60_000);
  const readSecret = () => Promise.reject(new Error('Glue needs no secret'));
  await checkRegistries(checks, { runtime, readSecret, glue }, { config, deadline });
  return checks.findings;
}

it('a Glue that answers that it has no such schema version can be read', async () => {
  expect(await findingOf('EntityNotFoundException')).toMatchObject([
    { check: 'Glue schemas', state: 'passed' },
  ]);
});

it('a Glue that denies access fails the check, with what to allow', async () => {
  expect(await findingOf('AccessDeniedException')).toMatchObject([
    {
      ...{ check: 'Glue schemas', state: 'failed' },
      detail: expect.stringContaining('glue:GetSchemaVersion'),
      remedy: 'docs/ERRORS.md#schema_registry_refused',
    },
  ]);
});
