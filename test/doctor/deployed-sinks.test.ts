import { expect, test } from 'vitest';
import { DeployedSinks } from '../../src/doctor/deployed-sinks.ts';
import { givenUndecryptedFunction } from '../support/undecrypted-function.ts';

test('variables that the doctor may not decrypt are no missing settings', async () => {
  const sinks = new DeployedSinks(await givenUndecryptedFunction());
  await expect(sinks.environment('contacts')).rejects.toMatchObject({
    name: 'CheckFailed',
    message: 'Lambda did not decrypt the variables of contacts (AccessDeniedException).',
    remedy: expect.stringMatching(/kms:Decrypt.*kmsKeyArn/),
  });
});
