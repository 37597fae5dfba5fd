import { describe, expect, it } from 'vitest';
import { eventOf } from '../support/event.ts';
import { contacts, deliver, names, salesforce, withServers } from './given/with-ledger.ts';

withServers();

describe('records that are settled', () => {
  it('need no call to Salesforce', async () => {
    expect(await deliver(contacts(0, 2))).toBeNull();
    const calls = salesforce.requests().length;
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(salesforce.requests()).toHaveLength(calls);
  });

  it('are written again when the group is rewound to before them, or the topic recreated', async () => {
    expect(await deliver(contacts(5, 9))).toBeNull();
    expect(await deliver(contacts(3, 9))).toBeNull();
    expect(names()).toHaveLength(5 + 7);
    const recreated = contacts(3, 9).map((one) => ({
      ...one,
      timestamp: one.timestamp + 3_600_000,
    }));
    expect(await deliver(recreated)).toBeNull();
    expect(names()).toHaveLength(5 + 7 + 7);
  });

  it('are written again from another cluster', async () => {
    expect(await deliver(contacts(0, 2))).toBeNull();
    const event = eventOf(contacts(0, 2));
    expect(await deliver({ ...event, eventSourceArn: 'arn:aws:kafka:another' })).toBeNull();
    expect(names()).toHaveLength(6);
  });
});
