import avsc from 'avsc';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KafkaEvent } from '../../src/kafka/event.ts';
import { startContainer } from '../support/container.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy/fault-proxy.ts';
import {
  type StandInRegistry,
  startSchemaRegistry,
} from '../support/schema-registry/schema-registry.ts';
import { type Services, startServices } from '../support/services.ts';
import { framed } from '../support/values.ts';

let services: Services;
let registry: StandInRegistry;
let registryProxy: FaultProxy;
let topic = 0;

beforeAll(async () => {
  services = await startServices();
  registry = await startSchemaRegistry();
});
beforeEach(async () => {
  registryProxy = await startFaultProxy(registry.url);
  services.org.reset();
  services.org.permit({ hidden: [] });
  topic += 1;
});
afterEach(() => registryProxy.close());
afterAll(async () => {
  await Promise.all([services.close(), registry.close()]);
});

const record = (offset: number, value: unknown) =>
  eventRecord({ topic: `topic-${topic}`, offset, value });

/** A container of one sink, which has a ledger. */
function container() {
  const settings = {
    ...{ ERRORS_TOLERANCE: 'all', LEDGER_TABLE: 'msk-salesforce-sink-ledger' },
    SCHEMA_REGISTRY_URL: registryProxy.url,
  };
  return startContainer(services, { name: 'ledger', ledger: true, settings }, 'sink');
}

/** Delivers an event to a container that is killed while its job runs; the job ends all the same. */
async function deliverKilled(event: KafkaEvent): Promise<void> {
  const { sink, lifetime: life, close } = container();
  const run = () => life.kill();
  const action = { kind: 'call', run } as const;
  services.proxies.salesforce.arm({ match: ({ step }) => step === 'info', when: 'after', action });
  await Promise.race([sink.deliver(event), life.killed]);
  close();
}

/** Delivers an event; what its log says last of it. */
async function deliver(event: KafkaEvent) {
  const { sink, close } = container();
  const error = await sink.deliver(event);
  close();
  return { error, ...sink.log.lines.at(-1) };
}

const names = () => services.org.records('Contact').map(({ LastName }) => LastName);

/** What was reported of the records of this topic. */
async function reported(): Promise<string[]> {
  const bodies = (await services.queue.messages()).map(({ body }) => JSON.parse(body));
  const own = bodies.filter((body) => body.topic === `topic-${topic}`);
  return own.map(({ offset, errorCode, code }) => `${offset} ${errorCode ?? code}`);
}

describe('records in flight whose field is hidden meanwhile', () => {
  const contacts = (...emails: string[]) =>
    eventOf(
      emails.map((Email, n) => record(n, { LastName: `Number ${n}`, Email, Level__c: 'Gold' })),
    );

  it('are written, since their job wrote them', async () => {
    const event = contacts('a@example.com', 'b@example.com');
    await deliverKilled(event);
    services.org.permit({ hidden: ['Contact.Level__c'] });
    expect(await deliver(event)).toMatchObject({ error: null, rows: 2, errant: 0 });
    expect([names(), await reported()]).toEqual([['Number 0', 'Number 1'], []]);
  });

  it('are errant only where their job refused them, with its reason', async () => {
    const event = contacts('a@example.com', 'nobody', 'c@example.com');
    await deliverKilled(event);
    services.org.permit({ hidden: ['Contact.Level__c'] });
    expect(await deliver(event)).toMatchObject({ error: null, rows: 2, errant: 1 });
    expect([names(), await reported()]).toEqual([
      ['Number 0', 'Number 2'],
      ['1 INVALID_EMAIL_ADDRESS'],
    ]);
  });

  it('are errant where a further record of the event is new and has it', async () => {
    const event = contacts('a@example.com', 'b@example.com');
    await deliverKilled(event);
    services.org.permit({ hidden: ['Contact.Level__c'] });
    const longer = contacts('a@example.com', 'b@example.com', 'c@example.com');
    expect(await deliver(longer)).toMatchObject({ error: null, rows: 2, errant: 1 });
    expect([names(), await reported()]).toEqual([['Number 0', 'Number 1'], ['2 FIELD_UNKNOWN']]);
  });
});

describe('records that a delivery found errant before it was killed', () => {
  const event = () =>
    eventOf(['A', 'B'].map((LastName, n) => record(n, { LastName, ...(n && { Level__c: 'x' }) })));

  const killAtReport = async (given: KafkaEvent) => {
    const { sink, lifetime: life, close } = container();
    const run = () => life.kill();
    const match = ({ step }: { step: string }) => step === 'SendMessageBatch';
    services.proxies.queue.arm({ match, when: 'after', action: { kind: 'call', run } });
    await Promise.race([sink.deliver(given), life.killed]);
    close();
  };

  it('are reported and not written, though they could be written now', async () => {
    services.org.permit({ hidden: ['Contact.Level__c'] });
    await killAtReport(event());
    services.org.permit({ hidden: [] });
    expect(await deliver(event())).toMatchObject({ error: null, rows: 1, errant: 1 });
    expect(names()).toEqual(['A']);
    expect(new Set(await reported())).toEqual(new Set(['1 FIELD_UNKNOWN']));
  });
});

describe('records in flight whose schema the registry does not find once', () => {
  const type = avsc.Type.forSchema({
    ...{ type: 'record', name: 'Contact' },
    fields: ['LastName', 'Email'].map((name) => ({ name, type: 'string' })),
  });

  const contacts = (...emails: string[]) => {
    const id = registry.register('contacts-value', { schema: JSON.stringify(type.schema()) });
    const values = emails.map((Email, n) => type.toBuffer({ LastName: `Number ${n}`, Email }));
    return eventOf(
      values.map((value, n) => ({
        ...record(n, ''),
        value: framed(id, value).toString('base64'),
      })),
    );
  };

  const loseSchema = () => {
    const body = JSON.stringify({ error_code: 40403, message: 'Schema not found' });
    const action = { kind: 'status', status: 404, body } as const;
    registryProxy.arm({ match: () => true, when: 'before', action });
  };

  it('are written, since their job wrote them', async () => {
    const event = contacts('a@example.com', 'b@example.com');
    await deliverKilled(event);
    loseSchema();
    expect(await deliver(event)).toMatchObject({ error: null, rows: 2, errant: 0 });
    expect([names(), await reported()]).toEqual([['Number 0', 'Number 1'], []]);
  });

  it('are written where a further record of the event is new and cannot be read', async () => {
    await deliverKilled(contacts('a@example.com', 'b@example.com'));
    const longer = contacts('a@example.com', 'b@example.com', 'c@example.com');
    loseSchema();
    expect(await deliver(longer)).toMatchObject({ error: null, rows: 2, errant: 1 });
    expect([names(), await reported()]).toEqual([['Number 0', 'Number 1'], ['2 SCHEMA_UNKNOWN']]);
  });

  it('are errant for what their job says, where it refused them all', async () => {
    const event = contacts('nobody', 'no one');
    await deliverKilled(event);
    loseSchema();
    expect(await deliver(event)).toMatchObject({ error: null, rows: 0, errant: 2 });
    expect(await reported()).toEqual(['0 INVALID_EMAIL_ADDRESS', '1 INVALID_EMAIL_ADDRESS']);
  });

  it('fail the flush where it is unknown which of them the job refused', async () => {
    const event = contacts('a@example.com', 'nobody', 'c@example.com');
    await deliverKilled(event);
    loseSchema();
    const { error } = await deliver(event);
    expect(error?.message).toMatch(/^JOB_ROWS_MISSING: .*can no longer be read \(SCHEMA_UNKNOWN/);
    expect(await reported()).toEqual([]);
    expect(await deliver(event)).toMatchObject({ error: null, rows: 2, errant: 1 });
    expect([names(), await reported()]).toEqual([
      ['Number 0', 'Number 2'],
      ['1 INVALID_EMAIL_ADDRESS'],
    ]);
  });
});
