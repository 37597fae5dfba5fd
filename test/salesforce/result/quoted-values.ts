import fc from 'fast-check';

/** Row errors as Salesforce words them in several languages; `{}` replaces what is quoted. */
export const rowErrorTemplates = [
  'STRING_TOO_LONG:Last Name: data value too large: {} (max length=80):LastName --',
  'STRING_TOO_LONG:Nachname: Datenwert zu groß: {} (maximale Länge=80):LastName --',
  'STRING_TOO_LONG:姓: データ値が大きすぎます: {} (最大長=80):LastName --',
  'STRING_TOO_LONG:Nom: valeur trop grande: {} (longueur maximale=80):LastName --',
  'INVALID_EMAIL_ADDRESS:E-Mail: Ungültige E-Mail-Adresse: {}:Email LastName --',
  'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:評価: 制限つき選択リスト項目の値が不適切です: {}:Rating --',
  'DUPLICATE_VALUE:Doppelter Wert gefunden: Ext__c dupliziert {}{} auf dem Datensatz:--',
  'INVALID_FIELD:項目 3 を並列化できませんでした。「{}」は xsd:date の有効な値ではありません:LastName --',
  'INVALID_CROSS_REFERENCE_KEY:{}',
  'CANNOT_EXECUTE_FLOW_TRIGGER:Der Flow {} ist an {} gescheitert. {}:--',
  'FIELD_CUSTOM_VALIDATION_EXCEPTION:Patient {} hat nicht zugestimmt:LastName --',
];

/** The names of the file's header. */
export const header = ['sf__Id', 'sf__Error', 'LastName', 'Email', 'Rating', 'Ext__c'];

const scripts = [
  'abcdefgXYZ  .-@',
  'äöüßÄÖÜẞeinst ',
  'ΑΒΓΣσςαβγ ΐ',
  'İIıiğşÇç ',
  'абвГДЕжЁ ',
  '田中太郎東京都はのです、ーカナ',
  '김철수서울 는이',
  'مرحبا سلام',
  '😀🇩🇪👩‍👧ab',
  '0123456789.,E+-',
  'ﬁﬂŉǰ…(): ',
];

/** A cell of one script, with capitals as they come. */
export const cells: fc.Arbitrary<string> = fc
  .constantFrom(...scripts)
  .chain((script) => fc.string({ unit: fc.constantFrom(...script), minLength: 1, maxLength: 60 }));

const cases: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.toLocaleUpperCase('tr'),
];

/** What a message quotes of cells: a piece of one, in some case, perhaps several times. */
export function quotes(of: readonly string[]): fc.Arbitrary<string> {
  const piece = fc
    .record({
      cell: fc.constantFrom(...of),
      from: fc.nat({ max: 10 }),
      length: fc.integer({ min: 1, max: 60 }),
      change: fc.constantFrom(...cases),
      times: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ cell, from, length, change, times }) =>
      change(cell.slice(from, from + length)).repeat(times),
    );
  return fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(' '));
}

/** Some cells, and a message that quotes them. */
export const quotingMessages = (templates: readonly string[]) =>
  fc
    .array(cells, { minLength: 1, maxLength: 4 })
    .chain((row) =>
      fc.record({
        row: fc.constant(row),
        quote: quotes(row),
        template: fc.constantFrom(...templates),
      }),
    )
    .map(({ row, quote, template }) => ({ row, message: template.replaceAll('{}', () => quote) }));

const folded = (text: string) => [...text].map((char) => char.toLowerCase().toUpperCase()).join('');

/** The runs of five characters of a text that a cell holds too, whatever their case. */
export function readableRuns(text: string, row: readonly string[]): string[] {
  const plain = folded(text);
  const runs = Array.from({ length: Math.max(0, plain.length - 4) }, (_, at) =>
    plain.slice(at, at + 5),
  );
  return runs.filter((run) => row.some((cell) => folded(cell).includes(run)));
}
