import { readFileSync } from 'node:fs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { endLines } from '../../../cli/replay/lines.ts';
import { ErrantReplay } from '../../../cli/replay/replay.ts';
import { errantMessage } from '../../../src/errant/message.ts';
import { clusterOf } from '../../../src/kafka/cluster.ts';
import type { EventRecord } from '../../../src/kafka/event.ts';
import { type Mode, startContainer } from '../../support/container.ts';
import { eventOf, eventRecord } from '../../support/event.ts';
import { invokeOf, useReplayServices } from './given/replay-services.ts';

const { services, client, startQueue, messagesOf } = await useReplayServices();

const upsert = { SALESFORCE_OPERATION: 'upsert', SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c' };
let topics = 0;

/** A sink whose run-as user cannot see Department at first: records that have it are errant. */
function sinkOf(settings: Record<string, string> = {}) {
  topics += 1;
  const topic = `o${topics}`;
  const mode: Mode = {
    ...{ name: 'job ledger', ledger: true },
    settings: {
      ERRORS_TOLERANCE: 'all',
      ...('SALESFORCE_OPERATION' in settings ? {} : upsert),
      ...settings,
    },
  };
  const deliver = async (records: readonly Partial<EventRecord>[]) => {
    const container = startContainer(services, mode, topic);
    const event = eventOf(records.map((record) => ({ ...eventRecord(), topic, ...record })));
    expect(await container.sink.deliver(event)).toBeNull();
    container.close();
  };
  /** Makes the records errant, whatever is wrong with them, and then nothing. */
  const errant = async (records: readonly Partial<EventRecord>[]) => {
    services.org.permit({ hidden: ['Contact.Department'] });
    await deliver(records);
    services.org.permit({ hidden: [] });
  };
  /** Puts a record into the errant queue, as a flush does. */
  const report = async (given: EventRecord) => {
    const record = { ...given, topic };
    const origin = {
      sink: topic,
      object: 'Contact',
      operation: '',
      cluster: clusterOf(eventOf([])),
    };
    const errant = { record, stage: 'decode', code: 'JSON_INVALID', reason: '' } as const;
    const form = { origin, maxBytes: 100_000 };
    const MessageBody = errantMessage({ ...errant, rejection: null }, record, form);
    const QueueUrl = services.queue.queueUrl;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  };
  const replay = async (
    order: { readonly force?: boolean; readonly removes?: boolean; readonly dryRun?: boolean } = {},
  ) => {
    const container = startContainer(services, mode, topic);
    const queue = startQueue();
    const run = new ErrantReplay(
      {
        ...queue,
        ...(order.removes === false && { remove: async () => Promise.reject(new Error('killed')) }),
        invoke: invokeOf(container),
      },
      {
        ...{ sink: topic, code: null, maxRecords: 100, maxBytes: 1_000_000 },
        ...{ dryRun: order.dryRun ?? false, force: order.force ?? false, stopped: () => false },
      },
    );
    await run.run(() => undefined);
    container.close();
    return run.progress;
  };
  const waiting = async () =>
    (await messagesOf(topic)).map(({ offset }) => Number(offset)).toSorted();
  return { deliver, errant, report, replay, waiting };
}

/** Contacts with a number field that is an external id. */
const withExternalId = (name: string) => {
  const contact = JSON.parse(readFileSync('emulator/objects/Contact.json', 'utf8'));
  const fields = contact.fields.map((field: { name: string }) =>
    field.name === name ? { ...field, externalId: true, idLookup: true, unique: true } : field,
  );
  return { ...contact, fields };
};

const hour = 3_600_000;
/** Before anything that this test writes. */
const past = () => Date.now() - hour;
const at = (offset: number, timestamp: number, value: object) => {
  return eventRecord({ offset, timestamp, value });
};
const keyed = (offset: number, timestamp: number, key: string, fields: object) =>
  at(offset, timestamp, { ExternalId__c: key, LastName: key, ...fields });
const levels = () =>
  Object.fromEntries(
    services.org.records('Contact').map((row) => [row['ExternalId__c'], row['Department'] ?? null]),
  );
const placeOf = ({ outdated }: { readonly outdated: readonly { readonly offset: number }[] }) =>
  outdated.map(({ offset }) => offset);

/** Records that are errant while Department is hidden; a partition delivers them before `newer`. */
const withTopic = (records: readonly EventRecord[]) =>
  records.map(({ topic: _, ...record }) => record);

describe('a replay of records of an upsert', () => {
  it('leaves a record whose row was written after it, and writes the others', async () => {
    const sink = sinkOf();
    await sink.errant(
      withTopic([
        keyed(0, past(), 'A', { Department: 'Old' }),
        keyed(1, past() + 1, 'B', { Department: 'Gold' }),
      ]),
    );
    await sink.deliver(withTopic([keyed(2, past() + 2, 'A', { Department: 'New' })]));
    const progress = await sink.replay();
    expect(progress).toMatchObject({ replayed: 2, written: 1, errant: 0, skipped: 0 });
    expect(placeOf(progress)).toEqual([0]);
    expect(levels()).toEqual({ A: 'New', B: 'Gold' });
    expect(await sink.waiting()).toEqual([0]);
  });

  it('leaves it again at the next replay, and sends it when forced', async () => {
    const sink = sinkOf();
    await sink.errant(withTopic([keyed(0, past(), 'A', { Department: 'Old' })]));
    await sink.deliver(withTopic([keyed(1, past(), 'a', { Department: 'New' })]));
    expect(placeOf(await sink.replay())).toEqual([0]);
    expect(placeOf(await sink.replay())).toEqual([0]);
    expect(levels()).toEqual({ a: 'New' });
    expect(await sink.replay({ force: true })).toMatchObject({ written: 1, outdated: [] });
    expect(Object.values(levels())).toEqual(['Old']);
    expect(await sink.waiting()).toEqual([]);
  });

  it('writes a record whose row was last written before it', async () => {
    const sink = sinkOf();
    services.org.seed('Contact', { ExternalId__c: 'A', LastName: 'A' });
    await sink.errant(withTopic([keyed(0, Date.now() + hour, 'A', { Department: 'New' })]));
    expect(await sink.replay()).toMatchObject({ written: 1, outdated: [] });
    expect(levels()).toEqual({ A: 'New' });
  });

  it('leaves a record of the very second in which its row was written', async () => {
    const sink = sinkOf();
    await sink.deliver(withTopic([keyed(1, past(), 'A', {})]));
    const [row] = services.org.records('Contact');
    const second = 1000 * Math.floor(Date.parse(String(row?.['SystemModstamp'])) / 1000);
    await sink.errant(withTopic([keyed(0, second + 999, 'A', { Department: 'Old' })]));
    expect(placeOf(await sink.replay())).toEqual([0]);
    expect(levels()).toEqual({ A: null });
  });

  it('does not bring back a row that was deleted after it', async () => {
    const sink = sinkOf({ TOMBSTONES: 'delete' });
    const key = Buffer.from('"A"').toString('base64');
    await sink.errant(withTopic([keyed(0, past(), 'A', { Department: 'Old' })]));
    await sink.deliver(withTopic([keyed(1, past(), 'A', {})]));
    await sink.deliver([{ offset: 2, timestamp: past(), key }]);
    expect(placeOf(await sink.replay())).toEqual([0]);
    expect(services.org.records('Contact')).toEqual([]);
  });

  it('sends records of one key that wait together as one row, in their order', async () => {
    const sink = sinkOf();
    await sink.errant(
      withTopic([
        keyed(0, past(), 'A', { Department: 'First' }),
        keyed(1, past() + 1, 'A', { Department: 'Second' }),
      ]),
    );
    expect(await sink.replay()).toMatchObject({ written: 2, outdated: [] });
    expect(levels()).toEqual({ A: 'Second' });
  });

  it('writes the later of two records between which its row was written', async () => {
    const sink = sinkOf();
    await sink.errant(
      withTopic([
        keyed(0, past(), 'A', { Department: 'First' }),
        keyed(1, Date.now() + hour, 'A', { Department: 'Third' }),
      ]),
    );
    await sink.deliver(withTopic([keyed(2, past(), 'A', { Department: 'Second' })]));
    expect(placeOf(await sink.replay())).toEqual([0]);
    expect(levels()).toEqual({ A: 'Third' });
  });

  it('looks keys up in a field that is a number', async () => {
    services.org.describe(withExternalId('Visits__c'));
    const sink = sinkOf({ SALESFORCE_EXTERNAL_ID_FIELD: 'Visits__c', UNKNOWN_FIELDS: 'send' });
    const record = (offset: number, timestamp: number, visits: string, level: string) =>
      at(offset, timestamp, { Visits__c: visits, LastName: 'L', Department: level });
    await sink.report(record(0, past(), '7.0', 'Old'));
    await sink.deliver(withTopic([record(1, past(), '7', 'New')]));
    expect(placeOf(await sink.replay())).toEqual([0]);
    expect(services.org.records('Contact')).toMatchObject([{ Department: 'New' }]);
  });
});

describe('a replay of records of other operations', () => {
  const update = { SALESFORCE_OPERATION: 'update' };

  it('leaves an update of a row that was written after it', async () => {
    const id = services.org.seed('Contact', { LastName: 'Now' });
    const sink = sinkOf(update);
    await sink.report(at(0, past(), { Id: id.slice(0, 15), LastName: 'Then' }));
    await sink.report(at(1, Date.now() + hour, { Id: id, Department: 'New' }));
    await sink.report(at(2, past(), { Id: 'none', LastName: 'Then' }));
    const progress = await sink.replay();
    expect(placeOf(progress)).toEqual([0]);
    expect(progress).toMatchObject({ replayed: 3, written: 1, errant: 1 });
    expect(services.org.records('Contact')).toMatchObject([{ LastName: 'Now', Department: 'New' }]);
  });

  it.each(['delete', 'hardDelete'])(
    'leaves a %s of a row that was written after it',
    async (operation) => {
      services.org.permit({ hardDelete: true });
      const [kept, gone] = ['Kept', 'Gone'].map((LastName) =>
        services.org.seed('Contact', { LastName }),
      );
      const sink = sinkOf({ SALESFORCE_OPERATION: operation });
      await sink.report(at(0, past(), { Id: kept }));
      await sink.report(at(1, Date.now() + hour, { Id: gone }));
      const progress = await sink.replay();
      expect(placeOf(progress)).toEqual([0]);
      expect(progress).toMatchObject({ written: 1, errant: 0 });
      expect(services.org.records('Contact')).toMatchObject([{ LastName: 'Kept' }]);
    },
  );

  it('ends a delete of a row that is in the recycle bin', async () => {
    const id = services.org.seed('Contact', { LastName: 'Gone' });
    const sink = sinkOf({ SALESFORCE_OPERATION: 'delete' });
    await sink.deliver(withTopic([at(0, past(), { Id: id })]));
    await sink.report(at(1, past(), { Id: id }));
    expect(await sink.replay()).toMatchObject({ written: 1, outdated: [] });
    expect(await sink.waiting()).toEqual([]);
  });

  it.each([
    ['of an insert', { SALESFORCE_OPERATION: 'insert' }],
    [
      'with a record id',
      { SALESFORCE_OPERATION: 'insert', SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' },
    ],
  ])('looks up no row for a record %s', async (_, settings) => {
    const sink = sinkOf(settings);
    await sink.report(keyed(0, past(), 'A', {}));
    expect(await sink.replay()).toMatchObject({ written: 1, outdated: [] });
    const calls = services.org.requests().map(({ call }) => call);
    expect(calls.filter((call) => call === 'query')).toEqual([]);
  });
});

describe('a replay that leaves records', () => {
  it('is killed before it deletes messages, and the next one leaves them still', async () => {
    const sink = sinkOf();
    await sink.errant(
      withTopic([
        keyed(0, past(), 'A', { Department: 'Old' }),
        keyed(1, past(), 'B', { Department: 'Gold' }),
      ]),
    );
    await sink.deliver(withTopic([keyed(2, past(), 'A', { Department: 'New' })]));
    await expect(sink.replay({ removes: false })).rejects.toThrow('killed');
    expect(levels()).toEqual({ A: 'New', B: 'Gold' });
    const progress = await sink.replay();
    expect(progress).toMatchObject({ written: 0, skipped: 1 });
    expect(placeOf(progress)).toEqual([0]);
    expect(levels()).toEqual({ A: 'New', B: 'Gold' });
  });

  it('says which, and when their rows were written', async () => {
    const sink = sinkOf();
    await sink.errant(withTopic([keyed(0, 1_700_000_000_000, 'A', { Department: 'Old' })]));
    await sink.deliver(withTopic([keyed(1, past(), 'A', { Department: 'New' })]));
    const progress = await sink.replay();
    const written = String(services.org.records('Contact')[0]?.['SystemModstamp']).slice(0, 19);
    const text = endLines(progress, { dryRun: false, ended: true }).join('\n');
    expect(text).toContain('1 record left in the queue: the row was written after the record.');
    expect(text).toContain(`-0@0 of 2023-11-14T22:13:20Z, its row written ${written}Z`);
    expect(text).not.toContain('left out by TOMBSTONES');
  });

  it('says what the run-as user may not read, and sends nothing', async () => {
    const sink = sinkOf();
    await sink.report(keyed(0, past(), 'A', {}));
    services.org.fault({
      call: 'query',
      times: 1,
      action: { kind: 'status', status: 400, body: [{ errorCode: 'INVALID_FIELD', message: '' }] },
    });
    await expect(sink.replay()).rejects.toMatchObject({
      code: 'OBJECT_INVALID',
      message: expect.stringContaining('replay with --force'),
    });
    expect(services.org.records('Contact')).toEqual([]);
    expect(await sink.waiting()).toEqual([0]);
  });
});

describe('a dry run', () => {
  const dryRun = { dryRun: true };

  /** One record older than its row, one that is not, and one that can be no row. */
  async function given(settings: Record<string, string> = {}) {
    const sink = sinkOf(settings);
    await sink.errant(
      withTopic([
        keyed(0, past(), 'A', { Department: 'Old' }),
        keyed(1, past(), 'B', { Department: 'Gold' }),
      ]),
    );
    await sink.deliver(withTopic([keyed(2, past(), 'A', { Department: 'New' })]));
    await sink.report(at(3, past(), []));
    return sink;
  }

  it('says what a replay would send, leave and see fail again, and changes nothing', async () => {
    const sink = await given();
    const before = [await services.table.items(), services.org.jobs().length];
    const progress = await sink.replay(dryRun);
    expect(progress).toMatchObject({ fit: 2, errant: 1, written: 0, replayed: 0 });
    expect(placeOf(progress)).toEqual([0]);
    expect(Object.fromEntries(progress.kept)).toMatchObject({
      'would stay, older than their row: FIELD_UNKNOWN': 1,
      'would be replayed: FIELD_UNKNOWN': 1,
      'would fail again: VALUE_NOT_OBJECT': 1,
    });
    expect([await services.table.items(), services.org.jobs().length]).toEqual(before);
    expect(levels()).toEqual({ A: 'New' });
    expect(await sink.waiting()).toEqual([0, 1, 3]);
    const text = endLines(progress, { dryRun: true, ended: true }).join('\n');
    expect(text).toContain('2 records would be replayed; nothing was changed.');
    expect(text).toMatch(
      /! 1 record of them would fail again, before any job\.\n {2}\S+-0@3 {2}VALUE_NOT_OBJECT\n/,
    );
    expect(text).toContain('! 1 record would be left in the queue: the row was written after');
  });

  it('foretells what the replay after it does', async () => {
    const sink = await given();
    const told = await sink.replay(dryRun);
    const done = await sink.replay();
    expect(placeOf(done)).toEqual(placeOf(told));
    expect([done.written + done.errant, done.errant]).toEqual([told.fit, told.errant]);
  });

  it('tells it after a replay that was killed, too', async () => {
    const sink = await given();
    await expect(sink.replay({ removes: false })).rejects.toThrow('killed');
    const told = await sink.replay(dryRun);
    expect(placeOf(told)).toEqual([0]);
    expect(placeOf(await sink.replay())).toEqual([0]);
  });

  it('that is forced counts the messages, and calls nobody', async () => {
    const sink = await given();
    const calls = services.org.requests().length;
    expect(await sink.replay({ ...dryRun, force: true })).toMatchObject({ fit: 3, outdated: [] });
    expect(services.org.requests()).toHaveLength(calls);
  });

  it('sees what would end the replay', async () => {
    const sink = await given({ ERRORS_TOLERANCE: 'all' });
    services.org.permit({ hidden: ['Contact.ExternalId__c'] });
    await expect(sink.replay(dryRun)).rejects.toBeInstanceOf(Error);
    services.org.permit({ hidden: [] });
    expect(await sink.waiting()).toEqual([0, 1, 3]);
  });
});
