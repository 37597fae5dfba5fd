import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { GlueRegistry } from '../../src/decode/registry/glue.ts';
import { checkRegistries } from '../../src/doctor/check-registries.ts';
import { Checks } from '../../src/doctor/checks.ts';
import { Deadline } from '../../src/runtime/deadline.ts';
import { type Runtime, systemRuntime } from '../../src/runtime/runtime.ts';

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

it("an Apicurio is asked by both of its APIs, Confluent's and its own", async () => {
  const asked: string[] = [];
  const send: Runtime['send'] = async ({ url }) => {
    asked.push(new URL(url).pathname);
    const body = url.includes('/ccompat/')
      ? { error_code: 40403 }
      : { name: 'ArtifactNotFoundException' };
    return { status: 404, headers: {}, body: JSON.stringify(body) };
  };
  const checks = new Checks();
  const config = readConfig({
    ...{ SALESFORCE_URI: 'https://acme.my.salesforce.com', SALESFORCE_OBJECT: 'Contact' },
    ...{ SALESFORCE_SECRET_ID: 's', SCHEMA_REGISTRY_URL: 'https://r.example/apis/ccompat/v7' },
  });
  const readSecret = async () => JSON.stringify({ clientId: 'a', clientSecret: 'b' });
  const deadline = new Deadline(runtime.clock, runtime.clock.now() + 60_000);
  await checkRegistries(
    checks,
    { runtime: { ...runtime, send }, readSecret },
    { config, deadline },
  );
  expect(checks.findings).toMatchObject([{ check: 'schema registry', state: 'passed' }]);
  expect(asked.map((path) => path.split('/').slice(0, 4).join('/'))).toEqual([
    ...['/apis/ccompat/v7', '/apis/registry/v3'],
  ]);
});
