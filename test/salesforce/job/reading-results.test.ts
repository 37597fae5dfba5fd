import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../support/emulator.ts';
import { eventRecord } from '../../support/event.ts';
import { type GivenParts, sinkTo } from '../../support/sink.ts';
import { inMemoryLedger } from '../../writing/support/in-memory-ledger.ts';
import { writerTo } from '../../writing/support/write.ts';

const org = await useEmulator();

const records = [0, 1, 2, 3].map((offset) =>
  eventRecord({
    offset,
    value: { LastName: `Row ${offset}`, ...(offset === 2 ? { Email: 'no address' } : {}) },
  }),
);
const good = [0, 1, 2, 3].map((offset) => eventRecord({ offset, value: { LastName: 'Good' } }));

const callsOf = (call: string) => org.requests().filter((request) => request.call === call);

/** A guard that keeps every request that goes out. */
function watched() {
  const sent: { url: string; timeoutMs: number; silenceMs?: number }[] = [];
  const guard: GivenParts['guard'] = ({ send }) => ({
    send: (request) => {
      sent.push(request);
      return send(request);
    },
  });
  return { sent, guard };
}

describe('results', () => {
  it('that come slowly are read at the first attempt', async () => {
    org.fault({ call: 'failedResults', times: null, action: { kind: 'delay', ms: 5_500 } });
    const { write } = writerTo(org, {});
    expect(await write(records)).toMatchObject({
      ...{ error: null, errant: ['0@2 INVALID_EMAIL_ADDRESS'] },
    });
    expect(callsOf('failedResults')).toHaveLength(1);
  });

  it('may be silent for half of the time left, and at the last attempt for all of it', async () => {
    org.fault({ call: 'failedResults', times: 1, action: { kind: 'status', status: 503 } });
    const { sent, guard } = watched();
    const settings = { ERRORS_TOLERANCE: 'all', SALESFORCE_MAX_RETRIES: '1' };
    const { deliver } = sinkTo(org.url, settings, { guard });
    expect(await deliver({ ...eventOfRecords() }, 840_000)).toBeNull();
    const [first, last] = sent.filter(({ url }) => url.endsWith('failedResults'));
    expect(first?.timeoutMs).toBeGreaterThan(830_000);
    expect((first?.silenceMs ?? 0) / (first?.timeoutMs ?? 1)).toBeCloseTo(0.5, 3);
    expect(last?.silenceMs).toBe(last?.timeoutMs);
  });

  it('that are cut off are read again', async () => {
    org.fault({ call: 'failedResults', when: 'after', times: 2, action: { kind: 'truncate' } });
    const { write } = writerTo(org, {});
    expect(await write(records)).toMatchObject({
      ...{ error: null, errant: ['0@2 INVALID_EMAIL_ADDRESS'] },
    });
    expect(callsOf('failedResults')).toHaveLength(3);
  });

  it('are asked for compressed, as the description is', async () => {
    const { write } = writerTo(org, {});
    await write(records);
    const asked = ['describe', 'failedResults'].flatMap(callsOf);
    expect(asked.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip', 'gzip']);
  });
});

function eventOfRecords() {
  return { eventSource: 'aws:kafka', records: { 'contacts-0': records } };
}

const nothing = [
  ['204', { kind: 'status', status: 204 }],
  ['200 without a body', { kind: 'status', status: 200 }],
] as const;

describe.each(nothing)('a file of no failed rows, answered as %s,', (_name, action) => {
  it.each([
    ['over the allowance', { job: 'lose-rows', count: 2 }],
    ['aborted', { job: 'abort', afterRows: 2 }],
    ['failed half-way', { job: 'fail', afterRows: 2 }],
  ] as const)('is an empty file of a job %s', async (_what, fault) => {
    org.fault(fault);
    org.fault({ call: 'failedResults', times: null, action });
    const ledger = inMemoryLedger();
    const { write } = writerTo(org, { LEDGER_TABLE: 'kept' }, { ledger });
    expect(await write(good)).toMatchObject({ error: null, errant: [] });
    expect(org.records('Contact')).toHaveLength(4);
  });

  it('is none where Salesforce counts failed rows', async () => {
    org.fault({ call: 'failedResults', times: null, action });
    const { write } = writerTo(org, {});
    expect((await write(records)).message).toMatch(
      /^SALESFORCE_REPLY_INVALID: .* other than 1 rows of failedResults in CSV \(4 attempts\)/,
    );
  });
});
