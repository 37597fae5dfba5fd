import { expect, test } from 'vitest';
import { stack } from '../../../infra/stack/stack.ts';
import { type Keys, stageWith } from '../given.ts';

const environmentOf = (keys: Keys) => {
  const { functions } = stack(stageWith(keys));
  return (functions['contacts'] as { environment: Keys }).environment;
};

test('a function gets its object, its org, its secret, its ledger and its queue', () => {
  expect(environmentOf({ operation: 'insert' })).toEqual({
    SALESFORCE_OBJECT: 'Contact',
    SALESFORCE_URI: 'https://acme.my.salesforce.com',
    SALESFORCE_SECRET_ID: 'msk-salesforce-sink/test/salesforce',
    SALESFORCE_OPERATION: 'insert',
    LEDGER_TABLE: { Ref: 'Ledger' },
    ERRANT_QUEUE_URL: { Ref: 'ContactsErrantQueue' },
    NODE_OPTIONS: '--enable-source-maps --max-semi-space-size=8 --max-old-space-size=460',
  });
});

test("a function's heap grows with its memory", () => {
  expect(environmentOf({ memory: 2048 })).toMatchObject({
    NODE_OPTIONS: expect.stringContaining('--max-old-space-size=1843'),
  });
});

test('a function without a ledger gets none', () => {
  expect(environmentOf({ ledger: false })).not.toHaveProperty('LEDGER_TABLE');
});

test("a sink's own settings win", () => {
  expect(environmentOf({ settings: { ERRORS_TOLERANCE: 'none' } })).toMatchObject({
    ERRORS_TOLERANCE: 'none',
  });
});

test('concurrency and tracing are for those who ask', () => {
  const { functions } = stack(stageWith({ concurrency: 4 }, { tracing: true }));
  expect(functions['contacts']).toMatchObject({ reservedConcurrency: 4, tracing: 'Active' });
  const plain = stack(stageWith({})).functions['contacts'];
  expect(plain).not.toHaveProperty('reservedConcurrency');
  expect(plain).not.toHaveProperty('tracing');
});

test('there is a ledger while one sink keeps it, and none after that', () => {
  expect(stack(stageWith({})).resources.Resources).toHaveProperty('Ledger');
  expect(stack(stageWith({ ledger: false })).resources.Resources).not.toHaveProperty('Ledger');
});
