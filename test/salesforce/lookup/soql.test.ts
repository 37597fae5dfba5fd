import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queriesFor, queryFor } from '../../../src/salesforce/lookup/soql.ts';

const text = { object: 'Contact', field: 'Ext__c', isNumber: false };
const number = { ...text, isNumber: true };

const decoded = ({ encoded }: { readonly encoded: string }) => decodeURIComponent(encoded);

describe('a query for keys', () => {
  it('quotes texts and escapes what SOQL needs escaped', () => {
    expect(decoded(queryFor([`O'Neill`, 'a\\b', 'x\ny\t', '100%_"é東'], text))).toBe(
      String.raw`SELECT Id, Ext__c FROM Contact WHERE Ext__c IN ('O\'Neill','a\\b','x\ny\t','100%_"é東')`,
    );
  });

  it('does not quote numbers', () => {
    expect(decoded(queryFor(['7', '-1.5'], number))).toBe(
      'SELECT Id, Ext__c FROM Contact WHERE Ext__c IN (7,-1.5)',
    );
  });

  it.each([1, 4, 6, 8, 18])(
    'has at most 12,000 bytes as a URL sends it: %i characters',
    (length) => {
      const keys = Array.from({ length: 5_000 }, (_, n) => n.toString(36).padStart(length, 'k'));
      for (const { encoded } of queriesFor(keys, text)) {
        const sent = new URL(`https://acme.my.salesforce.com/query?q=${encoded}`).search;
        expect(sent).toBe(`?q=${encoded}`);
        expect(encoded.length).toBeLessThanOrEqual(12_000);
      }
    },
  );

  it('is one for some 400 keys of 18 characters', () => {
    const keys = Array.from({ length: 400 }, (_, n) => `${n}`.padStart(18, 'k'));
    expect(queriesFor(keys, text)).toHaveLength(1);
  });

  it('fits into a URL with room for headers, and asks for each key once', () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 255 }), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(keys, (given) => {
        const queries = queriesFor(given, text);
        expect(queries.flatMap((query) => query.keys)).toEqual(given);
        for (const { encoded } of queries) expect(encoded.length).toBeLessThan(15_000);
      }),
    );
  });

  it('is none for no keys', () => {
    expect(queriesFor([], text)).toEqual([]);
  });
});
