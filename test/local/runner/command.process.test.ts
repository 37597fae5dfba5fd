import { expect, test } from 'vitest';
import { helpText } from '../../../local/runner/help.ts';
import { runLocal as run } from './run-local.ts';

test('--help is written out, and is no failure', async () => {
  expect(await run(['--help'])).toEqual({ status: 0, out: helpText, error: '' });
});

test('a wrong option is reported in one line, with where to read on', async () => {
  expect(await run(['--brokers', 'localhost:9092'])).toEqual({
    status: 1,
    out: '',
    error:
      '--topic is missing: name the topic to read. With npm run, the options come after "--".\n' +
      'Try npm run local -- --help.\n',
  });
});

const nowhere = ['--brokers', '127.0.0.1:1', '--topic', 'contacts'];

test('a broker that is not there is reported in one line', async () => {
  expect(await run(nowhere)).toEqual({
    status: 1,
    out: '',
    error: 'No broker listens on 127.0.0.1:1. Is it running, and is --brokers right?\n',
  });
});

test('settings of the function are taken from the environment, and checked before anything', async () => {
  const { status, error } = await run(nowhere, { POLL_MAX_STEPS: '0', VALUE_FORMAT: 'xml' });
  expect(status).toBe(1);
  expect(error).toContain('POLL_MAX_STEPS');
  expect(error).toContain('VALUE_FORMAT');
});

test('an org in the environment is refused, so that no run writes by mistake', async () => {
  const environment = { SALESFORCE_URI: 'https://acme.my.salesforce.com' };
  const { status, error } = await run(nowhere, environment);
  expect(status).toBe(1);
  expect(error).toContain('SALESFORCE_URI is set: name the org with --salesforce, and unset it.');
});

test.each([
  ['ERROR_TOLERANCE', 'ERRORS_TOLERANCE'],
  ['UPLOADMODE', 'UPLOAD_MODE'],
  ['null_values', 'NULL_VALUES'],
])('%s, which a letter makes another name, is refused before anything', async (name, meant) => {
  const { status, error } = await run(nowhere, { [name]: 'none' });
  expect(status).toBe(1);
  expect(error).toContain(`${name} is not a setting of the function; did you mean ${meant}?`);
});
