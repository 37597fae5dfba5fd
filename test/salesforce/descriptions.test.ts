import { describe, expect, it } from 'vitest';
import { DescriptionCache } from '../../src/salesforce/descriptions.ts';
import { described } from '../object/described.ts';

const hour = 3_600_000;

describe('a description', () => {
  it('is cached for an hour, each by its object', () => {
    const cache = new DescriptionCache();
    const contact = described('Contact');
    expect(cache.get('Contact', 0)).toBeUndefined();
    cache.set('Contact', contact, 1_000);
    expect(cache.get('Contact', 1_000 + hour - 1)).toBe(contact);
    expect(cache.get('Contact', 1_000 + hour)).toBeUndefined();
    expect(cache.get('Account', 1_000)).toBeUndefined();
  });

  it('that is not readable is cached as such', () => {
    const cache = new DescriptionCache();
    cache.set('Account', null, 0);
    expect(cache.get('Account', 1)).toBeNull();
  });

  it('is forgotten with all others', () => {
    const cache = new DescriptionCache();
    cache.set('Contact', described('Contact'), 0);
    cache.set('Account', null, 0);
    cache.clear();
    expect([cache.get('Contact', 1), cache.get('Account', 1)]).toEqual([undefined, undefined]);
  });
});
