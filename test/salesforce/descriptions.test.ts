import { describe, expect, it } from 'vitest';
import { DescriptionCache } from '../../src/salesforce/descriptions.ts';
import { described } from '../object/described.ts';

const hour = 3_600_000;

describe('a description', () => {
  it('is kept for an hour, each by its object', () => {
    const kept = new DescriptionCache();
    const contact = described('Contact');
    expect(kept.get('Contact', 0)).toBeUndefined();
    kept.keep('Contact', contact, 1_000);
    expect(kept.get('Contact', 1_000 + hour - 1)).toBe(contact);
    expect(kept.get('Contact', 1_000 + hour)).toBeUndefined();
    expect(kept.get('Account', 1_000)).toBeUndefined();
  });

  it('that is not readable is cached as such', () => {
    const kept = new DescriptionCache();
    kept.keep('Account', null, 0);
    expect(kept.get('Account', 1)).toBeNull();
  });

  it('is forgotten with all others', () => {
    const kept = new DescriptionCache();
    kept.keep('Contact', described('Contact'), 0);
    kept.keep('Account', null, 0);
    kept.forget();
    expect([kept.get('Contact', 1), kept.get('Account', 1)]).toEqual([undefined, undefined]);
  });
});
