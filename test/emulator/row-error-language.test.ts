import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect } from './client.ts';

const emulator = await useEmulator({ choices: { 'row-error-language': 'german' } });
const client = await connect(emulator);

/** The `sf__Error` of each failed row of a file. */
async function rowErrors(csv: string, job: Record<string, unknown> = {}): Promise<string[]> {
  const info = await client.run(csv, job);
  if (info['state'] !== 'JobComplete') throw new Error(String(info['errorMessage']));
  const file = await client.results(String(info['id']), 'failedResults');
  return [...file.matchAll(/\n"[^"]*","((?:[^"]|"")*)"/g)].map(([, error = '']) => error);
}

const LONG = 'x'.repeat(81);
const CUT = 'x'.repeat(35);

test.each([
  [
    `LastName\n${LONG}\n`,
    `STRING_TOO_LONG:Nachname: Datenwert zu groß: ${CUT} (maximale Länge=80):LastName --`,
  ],
  [
    `LastName,Email\nAda,${'a'.repeat(60)}\n`,
    `INVALID_EMAIL_ADDRESS:E-Mail: Ungültige E-Mail-Adresse: ${'a'.repeat(35)}:Email --`,
  ],
  [
    'FirstName\nAda\n',
    'REQUIRED_FIELD_MISSING:Erforderliche Felder fehlen: [LastName]:LastName --',
  ],
  [
    'LastName,Level__c\nAda,Tin\n',
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Level: Ungültiger Wert für eingeschränktes Auswahllistenfeld: Tin:Level__c --',
  ],
  [
    'LastName,Account.ExternalId__c\nAda,NONE\n',
    'INVALID_FIELD:Externe Fremdschlüssel-ID: NONE nicht gefunden für Feld ExternalId__c in Entität Account:--',
  ],
  [
    'LastName,AccountId\nAda,001000000000001AAA\n',
    'INVALID_CROSS_REFERENCE_KEY:Ungültige Querverweis-ID:--',
  ],
  // Messages of the parser are English in every language.
  [
    'LastName,Birthdate\nAda,bad\n',
    "INVALID_FIELD:Failed to deserialize field at col 1. Due to, 'bad' is not a valid value for the type xsd:date:Birthdate --",
  ],
])('German: the errors of %j', async (csv, expected) => {
  expect(await rowErrors(csv)).toEqual([expected]);
});

test('German: the errors of duplicate values and deleted records', async () => {
  const id = emulator.seed('Contact', { LastName: 'Ada', ExternalId__c: 'A' });
  expect(await rowErrors('LastName,ExternalId__c\nBob,A\n')).toEqual([
    `DUPLICATE_VALUE:Doppelter Wert gefunden: ExternalId__c dupliziert den Wert in einem Datensatz mit der ID: ${id}:--`,
  ]);
  await client.run(`Id\n${id}\n`, { operation: 'delete' });
  expect(await rowErrors(`Id\n${id}\n`, { operation: 'delete' })).toEqual([
    'ENTITY_IS_DELETED:Entität wurde gelöscht:--',
  ]);
});

test('the text of a row fault is not translated', async () => {
  emulator.fault({ rowError: 'UNABLE_TO_LOCK_ROW' });
  expect(await rowErrors('LastName\nAda\n')).toEqual(['UNABLE_TO_LOCK_ROW:unable to lock row:--']);
});
