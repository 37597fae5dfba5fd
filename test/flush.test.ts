import { describe, expect, it } from 'vitest';
import { SinkError } from '../src/errors.ts';
import { useEmulator } from './support/emulator.ts';
import { eventOf, eventOfValues, eventRecord } from './support/event.ts';
import { sinkTo } from './support/sink.ts';

const salesforce = await useEmulator();

const contact = (n: number) => ({ LastName: `Number ${n}`, ExternalId__c: `C-${n}` });
const contacts = (count: number) =>
  eventOfValues(Array.from({ length: count }, (_, n) => contact(n)));
const calls = () => salesforce.requests().map(({ call }) => call);
const lastNames = () => salesforce.records('Contact').map(({ LastName }) => LastName);
const codeOf = (error: Error | null) => (error instanceof SinkError ? error.code : error);

describe('a flush', () => {
  it('becomes one job and returns when every row is written', async () => {
    const sink = sinkTo(salesforce.url);
    const event = eventOf([
      eventRecord({ partition: 0, offset: 7, value: contact(1) }),
      eventRecord({
        partition: 1,
        offset: 3,
        value: { LastName: 'Two', Email: 'two@example.com' },
      }),
    ]);
    expect(await sink.deliver(event)).toBeNull();
    expect(salesforce.jobs()).toMatchObject([
      {
        state: 'JobComplete',
        operation: 'insert',
        csv: 'Email,ExternalId__c,LastName\n,C-1,Number 1\ntwo@example.com,,Two\n',
      },
    ]);
    expect(lastNames()).toEqual(['Number 1', 'Two']);
  });

  it('goes in one multipart call while it is small, and in three calls when it is not', async () => {
    const sink = sinkTo(salesforce.url);
    await sink.deliver(contacts(3));
    expect(calls().slice(0, 3)).toEqual(['token', 'describe', 'create']);
    salesforce.reset();
    expect(await sink.deliver(contacts(10_000))).toBeNull();
    expect(calls().slice(0, 3)).toEqual(['create', 'upload', 'close']);
    expect(lastNames()).toHaveLength(10_000);
  });

  it('goes in three calls where UPLOAD_MODE is staged', async () => {
    await sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' }).deliver(contacts(1));
    expect(calls().slice(0, 4)).toEqual(['token', 'describe', 'create', 'upload']);
  });

  it.each(['multipart', 'staged'])('asks for its assignment rule in a %s job', async (mode) => {
    const settings = {
      SALESFORCE_OBJECT: 'Case',
      SALESFORCE_ASSIGNMENT_RULE_ID: '01QD0000000EwNl',
      UPLOAD_MODE: mode,
    };
    expect(
      await sinkTo(salesforce.url, settings).deliver(eventOfValues([{ Subject: 'A' }])),
    ).toBeNull();
    expect(salesforce.jobs()).toMatchObject([{ assignmentRuleId: '01QD0000000EwNl' }]);
  });

  it('writes null as #N/A where NULL_VALUES is clear', async () => {
    const sink = sinkTo(salesforce.url, { NULL_VALUES: 'clear' });
    await sink.deliver(eventOfValues([{ LastName: 'A', Email: null }]));
    expect(salesforce.jobs()[0]?.csv).toBe('Email,LastName\n#N/A,A\n');
  });

  it('logs in once for the life of a container', async () => {
    const sink = sinkTo(salesforce.url);
    await sink.deliver(contacts(1));
    await sink.deliver(eventOfValues([contact(2)]));
    expect(calls().filter((call) => call === 'token')).toHaveLength(1);
  });

  it('carries request offsets in every line, and the job id in every line after it', async () => {
    const sink = sinkTo(salesforce.url);
    await sink.deliver(contacts(3));
    const [job] = salesforce.jobs();
    const { lines } = sink.log;
    expect(lines.map(({ message }) => message)).toEqual([
      'flush received',
      'job submitted',
      ...lines.slice(2, -1).map(() => 'job running'),
      'flush written',
    ]);
    for (const line of lines) expect(line['offsets']).toEqual(['contacts-0@0..2']);
    for (const line of lines.slice(1)) expect(line['job_id']).toBe(job?.id);
    expect(lines[1]).toMatchObject({ rows: 3, columns: 2, upload_mode: 'multipart' });
    const { length: api_calls } = salesforce.requests();
    expect(lines.at(-1)).toMatchObject({ records: 3, rows: 3, errant: 0, skipped: 0, api_calls });
  });

  it('takes a remaining time that is no whole number of milliseconds', async () => {
    expect(await sinkTo(salesforce.url).deliver(contacts(1), 12_345.678)).toBeNull();
  });

  it('takes an event of 6 MB', async () => {
    const values = Array.from({ length: 45 }, (_, n) => ({
      ...contact(n),
      Description: 'x'.repeat(30_000),
      MailingStreet: 'y'.repeat(250),
      AssistantName: 'z'.repeat(40),
    }));
    const event = eventOfValues(
      values
        .flatMap((value) => [value, value, value])
        .map((value, n) => ({ ...value, ExternalId__c: `C-${n}` })),
    );
    expect(JSON.stringify(event).length).toBeGreaterThan(5_000_000);
    expect(await sinkTo(salesforce.url).deliver(event)).toBeNull();
    expect(lastNames()).toHaveLength(135);
  });
});

describe('errant records', () => {
  const mixed = eventOfValues([contact(1), 'broken', contact(2), [1]]);

  it('are logged with coordinates and code and skipped with ERRORS_TOLERANCE=all', async () => {
    const sink = sinkTo(salesforce.url, { ERRORS_TOLERANCE: 'all' });
    expect(await sink.deliver(mixed)).toBeNull();
    expect(lastNames()).toEqual(['Number 1', 'Number 2']);
    const errants = sink.log.lines.filter(({ message }) => message === 'errant record');
    expect(errants).toMatchObject([
      { level: 'error', record: 'contacts-0@1', stage: 'decode', code: 'JSON_INVALID' },
      { level: 'error', record: 'contacts-0@3', stage: 'decode', code: 'VALUE_NOT_OBJECT' },
    ]);
  });

  it('fail the flush before any call with ERRORS_TOLERANCE=none', async () => {
    const error = await sinkTo(salesforce.url).deliver(mixed);
    expect(error?.message).toMatch(
      /^ERRANT_RECORDS: 2 of 4 records .*contacts-0@1 JSON_INVALID.*contacts-0@3 VALUE_NOT_OBJECT.*\[contacts-0@0\.\.3\]$/,
    );
    expect(salesforce.requests()).toEqual([]);
  });

  it('need no job where no other record is left', async () => {
    const sink = sinkTo(salesforce.url, { ERRORS_TOLERANCE: 'all' });
    expect(await sink.deliver(eventOfValues(['broken', 7]))).toBeNull();
    expect(salesforce.requests()).toEqual([]);
    expect(sink.log.lines.at(-1)).toMatchObject({ message: 'flush written', rows: 0, errant: 2 });
  });

  it('are not reported on the way to a redelivery', async () => {
    salesforce.fault({ job: 'fail' });
    const sink = sinkTo(salesforce.url, { ERRORS_TOLERANCE: 'all' });
    expect(codeOf(await sink.deliver(mixed))).toBe('JOB_FAILED');
    expect(sink.log.lines.map(({ message }) => message)).not.toContain('errant record');
  });
});

describe('a job', () => {
  it('with failed rows throws with their distinct errors and counts, without their values', async () => {
    const values = [
      contact(1),
      { LastName: 'Bad birthday', Birthdate: '31.12.1999' },
      { LastName: 'Worse birthday', Birthdate: '1999-99-99' },
      { FirstName: 'Nobody' },
    ];
    const sink = sinkTo(salesforce.url);
    const error = await sink.deliver(eventOfValues(values));
    const [job] = salesforce.jobs();
    expect(error?.message).toContain(
      `JOB_ROWS_FAILED: Job ${job?.id}: Salesforce rejected 3 of 4 rows.`,
    );
    expect(error?.message).toContain('2 × INVALID_FIELD: Failed to deserialize field');
    expect(error?.message).toContain('1 × REQUIRED_FIELD_MISSING:');
    const text = JSON.stringify([error?.message, sink.log.lines]);
    for (const value of ['31.12', '1999-99', 'birthday', 'Nobody'])
      expect(text).not.toContain(value);
  });

  it("that fails as a whole throws with Salesforce's reason", async () => {
    const error = await sinkTo(salesforce.url, { UNKNOWN_FIELDS: 'send' }).deliver(
      eventOfValues([{ LastName: 'A', Nope__c: 1 }]),
    );
    expect(error?.message).toMatch(/^JOB_FAILED: Job 750\w{15} failed: InvalidBatch : .*Nope__c/);
  });

  it.each([
    ['that was aborted from outside', { job: 'abort', afterRows: 1 }],
    ['that failed in the middle', { job: 'fail', afterRows: 200 }],
    ['that lost rows', { job: 'lose-rows', count: 3 }],
  ] as const)(
    '%s is followed by one with the rows that were not attempted',
    async (_name, fault) => {
      salesforce.fault(fault);
      const sink = sinkTo(salesforce.url);
      expect(await sink.deliver(contacts(400))).toBeNull();
      expect(new Set(lastNames()).size).toBe(400);
      expect(lastNames()).toHaveLength(400);
      expect(salesforce.jobs()).toHaveLength(2);
    },
  );

  it.each([
    ['is always aborted', { job: 'abort', afterRows: 1 }, 'JOB_ABORTED'],
    ['always fails in the middle', { job: 'fail', afterRows: 200 }, 'JOB_FAILED'],
    ['always loses rows', { job: 'lose-rows', count: 3 }, 'JOB_ROWS_MISSING'],
  ] as const)('that %s throws after three jobs', async (_name, fault, code) => {
    salesforce.fault({ ...fault, times: null });
    expect(codeOf(await sinkTo(salesforce.url).deliver(contacts(800)))).toBe(code);
    expect(salesforce.jobs()).toHaveLength(3);
  });

  it('that runs out of steps is aborted and throws', async () => {
    salesforce.fault({ job: 'stall' });
    const sink = sinkTo(salesforce.url, { POLL_MAX_STEPS: '3' });
    const error = await sink.deliver(contacts(1));
    expect(codeOf(error)).toBe('JOB_STILL_RUNNING');
    expect(sink.clock.sleeps).toHaveLength(3);
    expect(salesforce.jobs()).toMatchObject([{ state: 'Aborted' }]);
    expect(lastNames()).toEqual([]);
  });

  it('that runs out of time is aborted before the deadline and throws', async () => {
    salesforce.fault({ job: 'stall' });
    const sink = sinkTo(salesforce.url, { POLL_MAX_STEPS: '1000' });
    const error = await sink.deliver(contacts(1), 100_000);
    expect(codeOf(error)).toBe('JOB_STILL_RUNNING');
    expect(salesforce.jobs()).toMatchObject([{ state: 'Aborted' }]);
    const slept = sink.clock.sleeps.reduce((sum, ms) => sum + ms, 0);
    expect(slept).toBeGreaterThan(70_000);
    expect(slept).toBeLessThan(80_000);
  });

  it('is waited for on while it cannot be polled for a while', async () => {
    salesforce.configure({ queueMs: 100 });
    salesforce.fault({ call: 'info', times: 4, action: { kind: 'status', status: 503 } });
    const sink = sinkTo(salesforce.url, { SALESFORCE_MAX_RETRIES: '0' });
    expect(await sink.deliver(contacts(1))).toBeNull();
    salesforce.configure({ queueMs: 2 });
    expect(sink.log.lines.filter(({ message }) => message === 'job not polled')).toHaveLength(4);
    expect(salesforce.jobs()).toHaveLength(1);
  });

  it('that can no longer be looked at is aborted', async () => {
    salesforce.configure({ queueMs: 60_000 });
    salesforce.fault({ call: 'info', times: null, action: { kind: 'status', status: 403 } });
    expect(codeOf(await sinkTo(salesforce.url).deliver(contacts(1)))).toBe('SALESFORCE_REFUSED');
    salesforce.configure({ queueMs: 2 });
    expect(salesforce.jobs()).toMatchObject([{ state: 'Aborted' }]);
  });

  it('that failed says nothing about how long the next will take', async () => {
    salesforce.configure({ queueMs: 40 });
    salesforce.fault({ job: 'fail' });
    const sink = sinkTo(salesforce.url);
    await sink.deliver(contacts(1));
    const before = sink.clock.sleeps.length;
    await sink.deliver(contacts(1));
    salesforce.configure({ queueMs: 2 });
    expect(sink.clock.sleeps[before]).toBe(1000);
  });

  it('whose rows were all written has no results read', async () => {
    await sinkTo(salesforce.url).deliver(contacts(1));
    expect(calls()).not.toContain('failedResults');
  });
});

describe('a token', () => {
  it('that ended between two flushes is replaced once', async () => {
    const sink = sinkTo(salesforce.url);
    await sink.deliver(contacts(1));
    salesforce.expireTokens();
    expect(await sink.deliver(eventOfValues([contact(1000)]))).toBeNull();
    expect(calls().filter((call) => call === 'token')).toHaveLength(2);
  });

  it.each(['create', 'upload', 'close', 'info'] as const)(
    'that ends right before %s is replaced, and the call sent again',
    async (call) => {
      salesforce.fault({ call, action: { kind: 'expire-token' } });
      const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
      expect(await sink.deliver(contacts(2))).toBeNull();
      expect(lastNames()).toHaveLength(2);
      expect(salesforce.jobs()).toHaveLength(1);
    },
  );
});

describe('an upload', () => {
  it('whose reply is lost makes its job be aborted and another be made', async () => {
    salesforce.fault({ call: 'upload', when: 'after', action: { kind: 'reset' } });
    const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
    expect(await sink.deliver(contacts(2))).toBeNull();
    expect(salesforce.jobs().map(({ state, uploads }) => [state, uploads])).toEqual([
      ['Aborted', 1],
      ['JobComplete', 1],
    ]);
    expect(lastNames()).toHaveLength(2);
  });

  it('that keeps failing ends with every job aborted', async () => {
    salesforce.fault({ call: 'upload', times: null, action: { kind: 'status', status: 500 } });
    const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
    expect(codeOf(await sink.deliver(contacts(2)))).toBe('SALESFORCE_UNAVAILABLE');
    expect(salesforce.jobs().map(({ state }) => state)).toEqual(Array(4).fill('Aborted'));
  });
});

describe('a job that is complete when it is given up', () => {
  it('counts its waits, and its duration is not kept', async () => {
    salesforce.configure({ queueMs: 1 });
    salesforce.fault({ call: 'info', action: { kind: 'status', status: 403 } });
    salesforce.fault({ call: 'abort', action: { kind: 'delay', ms: 60 } });
    const sink = sinkTo(salesforce.url);
    expect(await sink.deliver(contacts(1))).toBeNull();
    expect(sink.log.lines.at(-1)).toMatchObject({ message: 'flush written', waits: 1 });
    salesforce.configure({ queueMs: 2 });
  });
});

describe('a fault of the function itself', () => {
  it('is reported with its stack frames, and without its message', async () => {
    const sink = sinkTo(salesforce.url, {}, { readSecret: () => Promise.resolve({} as never) });
    const error = await sink.deliver(contacts(1));
    expect(codeOf(error)).toBe('UNEXPECTED');
    const { stack = '' } = sink.log.lines.at(-1) as { stack?: string };
    expect(stack).toMatch(/^ {4}at .*credentials\.ts/m);
    expect(stack).not.toContain('is not a function');
  });
});

describe('a repeated call', () => {
  it('leaves a line in the log', async () => {
    salesforce.fault({ call: 'create', times: 2, action: { kind: 'status', status: 503 } });
    const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
    expect(await sink.deliver(contacts(1))).toBeNull();
    const repeated = sink.log.lines.filter(({ message }) => message === 'call repeated');
    expect(repeated).toMatchObject([
      { call: 'POST /services/data/v65.0/jobs/ingest', attempt: 1 },
      { reason: 'answered 503 without a reason', attempt: 2 },
    ]);
  });
});

describe('a reply that repeats a token or a secret', () => {
  const leak = (text: string) => ({
    kind: 'status' as const,
    status: 400,
    body: [{ errorCode: 'MALFORMED', message: `${'x'.repeat(280)} ${text}` }],
  });

  it.each(['local-secret', encodeURIComponent('local-secret')])(
    'does not bring %s into a message',
    async (secret) => {
      salesforce.expireTokens();
      salesforce.fault({ call: 'token', action: leak(`you sent ${secret}`) });
      const sink = sinkTo(salesforce.url);
      const text = JSON.stringify([(await sink.deliver(contacts(1)))?.message, sink.log.lines]);
      expect(text).not.toMatch(/local-secr/);
    },
  );
});

describe('closing a job', () => {
  it('whose reply is lost is not repeated when the job has begun', async () => {
    salesforce.fault({ call: 'close', when: 'after', action: { kind: 'reset' } });
    const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
    expect(await sink.deliver(contacts(2))).toBeNull();
    expect(calls().filter((call) => call === 'close')).toHaveLength(1);
    expect(lastNames()).toHaveLength(2);
  });

  it('that did not arrive is repeated while the job is open', async () => {
    salesforce.fault({ call: 'close', times: 2, action: { kind: 'reset' } });
    const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
    expect(await sink.deliver(contacts(2))).toBeNull();
    expect(calls().filter((call) => call === 'close')).toHaveLength(3);
    expect(salesforce.jobs()).toHaveLength(1);
  });

  it('that is refused ends with the job aborted', async () => {
    salesforce.fault({ call: 'close', times: null, action: { kind: 'status', status: 400 } });
    const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
    expect(codeOf(await sink.deliver(contacts(2)))).toBe('SALESFORCE_REFUSED');
    expect(salesforce.jobs()).toMatchObject([{ state: 'Aborted' }]);
  });
});

describe('creating a job', () => {
  it.each(['reset', 'silence', 'truncate'] as const)(
    'is not repeated when its reply is lost by %s',
    async (kind) => {
      salesforce.fault({ call: 'create', when: 'after', action: { kind } });
      const sink = sinkTo(salesforce.url);
      expect(codeOf(await sink.deliver(contacts(2), 1_000))).toBe('JOB_CREATE_UNKNOWN');
      expect(salesforce.jobs()).toHaveLength(1);
    },
  );

  it.each([
    ['multipart', 429],
    ['staged', 429],
    ['staged', 408],
    ['staged', 503],
  ])('in a %s upload is repeated when it was turned away with %i', async (mode, status) => {
    salesforce.fault({ call: 'create', action: { kind: 'status', status } });
    const sink = sinkTo(salesforce.url, { UPLOAD_MODE: mode });
    expect(await sink.deliver(contacts(2))).toBeNull();
    expect(salesforce.jobs()).toHaveLength(1);
  });

  it.each([408, 500, 503])(
    'with its data is not repeated after %i, which may come of a job that was made',
    async (status) => {
      salesforce.fault({ call: 'create', when: 'after', action: { kind: 'status', status } });
      expect(codeOf(await sinkTo(salesforce.url).deliver(contacts(2)))).toBe('JOB_CREATE_UNKNOWN');
      expect(salesforce.jobs()).toHaveLength(1);
    },
  );

  it.each(['create', 'upload', 'close'] as const)(
    'waits at %s as long as Retry-After says',
    async (call) => {
      const headers = { 'retry-after': '7' };
      salesforce.fault({ call, action: { kind: 'status', status: 503, headers } });
      const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
      expect(await sink.deliver(contacts(2))).toBeNull();
      expect(sink.clock.sleeps[0]).toBe(7_000);
    },
  );
});
