import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startSchemaRegistry } from '../support/schema-registry/schema-registry.ts';
import { framed } from '../support/values.ts';
import { shows, startRunner } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const login = { user: 'reader', password: 'pin-4711' };

test('a run shows its errant records at the end, and logs in to a Schema Registry', async () => {
  const registry = await startSchemaRegistry({ login });
  onTestFinished(() => registry.close());
  const id = registry.register('contacts-value', { schema: '{}', schemaType: 'JSON' });
  const topic = await givenTopic();
  await topic.produce([
    { value: framed(id, Buffer.from('{"LastName": "Okoye"}')) },
    { value: 'no JSON' },
    { value: '{"LastName": "Sato", "Email": "sato"}' },
  ]);
  const group = `stores-${randomUUID()}`;
  const args = ['--brokers', topic.brokers.join(','), '--topic', topic.name, '--group', group];
  const runner = startRunner([...args, '--window', '1', '--verbose'], {
    SCHEMA_REGISTRY_URL: registry.url,
    SCHEMA_REGISTRY_USER: login.user,
    SCHEMA_REGISTRY_PASSWORD: login.password,
  });
  await shows(runner, / {2}lag 0\n/);

  expect(await runner.interrupt()).toBe(0);
  expect(runner.output()).not.toContain(login.password);
  const [, end = ''] = runner.output().split('In the emulator: ');
  const shown = end.replaceAll(topic.name, 'contacts').replaceAll(/(?<=\S) {2,}/g, ' | ');
  expect(shown.split('\n').filter((line) => !line.includes('──'))).toEqual([
    '1 Contact',
    'In the errant queue: 2 records',
    '  Record | Code | Reason',
    '  contacts-0@1 | JSON_INVALID | the value is not valid JSON',
    '  contacts-0@2 | INVALID_EMAIL_ADDRESS | Email: invalid email address: sato (Email)',
    'Stopped.',
    '',
  ]);
});
