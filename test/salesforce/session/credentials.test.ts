import { expect, it } from 'vitest';
import { Deadline, systemClock } from '../../../src/runtime/deadline.ts';
import { credentialsFrom } from '../../../src/salesforce/session/credentials.ts';

const soon = () => new Deadline(systemClock, Date.now() + 50);

const named = (name: string): Error => Object.assign(new Error('what the SDK says'), { name });

it.each([
  ['ResourceNotFoundException', 'SECRET_NOT_FOUND'],
  ['InvalidRequestException', 'SECRET_NOT_FOUND'],
  ['AccessDeniedException', 'SECRET_DENIED'],
  ['DecryptionFailure', 'SECRET_DENIED'],
  ['InternalServiceError', 'SECRET_UNAVAILABLE'],
  ['TimeoutError', 'SECRET_UNAVAILABLE'],
])('%s of Secrets Manager is %s', async (name, code) => {
  const wrapped = new Error('what Powertools says', { cause: named(name) });
  const read = credentialsFrom('secret', () => Promise.reject(wrapped));
  await expect(read(soon(), false)).rejects.toMatchObject({ code, cause: wrapped });
});

it('a secret that is marked for deletion is to be restored, not created', async () => {
  const read = credentialsFrom('prod/sf', () => Promise.reject(named('InvalidRequestException')));
  await expect(read(soon(), false)).rejects.toThrow(
    /^SECRET_NOT_FOUND: .* It is marked for deletion\. Restore it, in the account and region of the function: aws secretsmanager restore-secret --secret-id prod\/sf$/,
  );
});

it('a secret that does not come in time is SECRET_UNAVAILABLE', async () => {
  const read = credentialsFrom('secret', () => new Promise(() => undefined));
  await expect(read(soon(), false)).rejects.toMatchObject({ code: 'SECRET_UNAVAILABLE' });
});

it('a secret that fails after its time was over has no effect', async () => {
  const late = () => new Promise<string>((_, reject) => setTimeout(reject, 80, named('late')));
  await expect(credentialsFrom('secret', late)(soon(), false)).rejects.toBeInstanceOf(Error);
  await new Promise((resolve) => setTimeout(resolve, 60));
});

const stored = (secret: object) =>
  credentialsFrom('secret', async () =>
    JSON.stringify({ clientId: 'id', clientSecret: 'secret', ...secret }),
  )(soon(), false);

it('a secret may hold the login of a Schema Registry', async () => {
  expect(await stored({})).toEqual({
    clientId: 'id',
    clientSecret: 'secret',
    schemaRegistry: null,
  });
  const login = { schemaRegistryUser: 'reader', schemaRegistryPassword: '' };
  expect(await stored(login)).toMatchObject({ schemaRegistry: { user: 'reader', password: '' } });
});

it.each([{ schemaRegistryUser: 'pin-4711' }, { schemaRegistryPassword: 'pin-4711' }])(
  'a secret with half a login of a Schema Registry is SECRET_INVALID',
  async (half) => {
    const refused = stored(half);
    await expect(refused).rejects.toMatchObject({ code: 'SECRET_INVALID' });
    await expect(refused).rejects.not.toThrow('pin-4711');
  },
);
