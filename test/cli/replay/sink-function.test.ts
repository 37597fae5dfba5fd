import { expect, test } from 'vitest';
import { deployedSink } from '../../../cli/replay/sink-function.ts';
import { givenUndecryptedFunction } from '../../support/undecrypted-function.ts';

test('variables that the caller may not decrypt are no missing errant queue', async () => {
  const client = await givenUndecryptedFunction();
  await expect(deployedSink(client, 'contacts')).rejects.toThrow(
    /^Lambda did not decrypt the variables of contacts \(AccessDeniedException\).*kms:Decrypt.*kmsKeyArn/,
  );
});
