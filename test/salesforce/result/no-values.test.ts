import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowErrorOf } from '../../../src/salesforce/result/row-error.ts';
import { header, quotingMessages, readableRuns, rowErrorTemplates } from './quoted-values.ts';

const toldOf = (error: string, ...cells: readonly string[]) =>
  rowErrorOf({ error, cells, names: header }).redactedMessage;

/** What of a redacted error is no code and no column name in its field list. */
function wordsOf(redactedMessage: string, error: string): string {
  const code = redactedMessage.slice(0, redactedMessage.indexOf(':'));
  const fields = /:(\w+(?: \w+)*) --$/.exec(error)?.[1]?.split(' ') ?? [];
  const words = redactedMessage.slice(code.length);
  // A name becomes a character that no cell holds, so that runs next to it are still seen.
  return words.replace(/\([\w …█]+\)$/, (suffix) =>
    fields.reduce((text, name) => text.replace(name, '\u0000'), suffix),
  );
}

describe('the redacted error of a row', () => {
  it('holds no run of five characters of a cell, in any language, case and wording', () => {
    fc.assert(
      fc.property(quotingMessages(rowErrorTemplates), ({ row, message }) => {
        const { code, redactedMessage } = rowErrorOf({ error: message, cells: row, names: header });
        expect(redactedMessage.startsWith(message.slice(0, message.indexOf(':')))).toBe(true);
        expect(redactedMessage.startsWith(code)).toBe(true);
        expect(readableRuns(wordsOf(redactedMessage, message), row)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('holds nothing of a value that is cut short in a message in another language', () => {
    const cell = 'Freifrau von Droste zu Hülshoff, Annette, geb. 1797';
    const error = `STRING_TOO_LONG:Nachname: Datenwert zu groß: ${cell.slice(0, 35)} (maximale Länge=80):LastName --`;
    expect(toldOf(error, cell)).toBe(
      'STRING_TOO_LONG: Nachname: Datenwert zu groß: … (maximale Länge=80) (LastName)',
    );
  });

  it.each([
    ['in capitals', 'x: STRASSE DES 17', 'Straße des 17. Juni', 'x: …'],
    ['with a final sigma', 'x: ΟΔΥΣΣΕΥΣ!', 'Οδυσσευς', 'x: …!'],
    ['of characters of two code units', 'x: 😀😃😄 y', 'a😀😃😄', 'x: … y'],
    ['that ends within such a character', 'x: 😀😃😅 y', '😀😃😄', 'x: … y'],
    ['twice', 'Müller-Lü, müller-lü', 'Müller-Lüdenscheidt', '…, …'],
  ])('masks a value %s', (_name, words, cell, expected) => {
    expect(toldOf(`CODE:${words}:--`, cell)).toBe(`CODE: ${expected}`);
  });

  it.each([
    ['within a word', 'no such thing', 'no', '… such thing'],
    ['of three or four characters everywhere', 'prefix Anna-Maria', 'Anna', 'prefix …-Maria'],
    ['next to a letter with an accent', 'né à, n', 'n', 'né à, …'],
    ['in a script without spaces', '姓は田中です', '田中', '姓は…です'],
    ['of one digit', 'col 3, 13 rows', '3', 'col …, 13 rows'],
    ['of punctuation', 'a, b', ',', 'a, b'],
  ])(
    'masks a whole short cell, but not as a part of a word: %s',
    (_name, words, cell, expected) => {
      expect(toldOf(`CODE:${words}:--`, cell)).toBe(`CODE: ${expected}`);
    },
  );

  it('leaves up to four characters of a longer cell readable', () => {
    expect(toldOf('CODE:data is not set:--', 'database')).toBe('CODE: data is not set');
  });

  it('keeps its code and the names of its fields, also where a cell holds them', () => {
    const error = 'STRING_TOO_LONG:wrong: Miller:LastName Email --';
    expect(toldOf(error, 'STRING_TOO_LONG', 'the LastName Email', 'Miller')).toBe(
      'STRING_TOO_LONG: wrong: … (LastName…Email)',
    );
  });

  it('keeps names of columns that look like an id or are quoted', () => {
    const names = ['MailingStreet01', 'LastName'];
    const error = "INVALID_FIELD:MailingStreet01 and 'LastName' and 'other' and 001000000000001:--";
    expect(rowErrorOf({ error, cells: ['x'], names }).redactedMessage).toBe(
      "INVALID_FIELD: MailingStreet01 and 'LastName'…'…' and …",
    );
  });

  it('masks with another character when a cell holds the mask', () => {
    expect(toldOf('CODE:ab Anna cd, ab…cd:--', 'ab…cd', 'Anna', 'b █ c')).not.toContain('ab…cd');
    expect(toldOf('CODE:ab12345cd:--', 'ab…cd', '12345')).toBe('CODE: ab█cd');
  });

  it('is short though the message is long, and keeps its fields', () => {
    const error = `CODE:${'word '.repeat(30_000)}:LastName --`;
    const redactedMessage = toldOf(error, 'secret');
    expect(redactedMessage.length).toBeLessThan(330);
    expect(redactedMessage).toMatch(/^CODE: word word .*… \(LastName\)$/);
  });

  it('is made of a message of blanks as long as a field can be', () => {
    expect(toldOf(`CODE:x${' '.repeat(131_072)}y`, 'secret')).toMatch(/^CODE: x/);
  });
});
