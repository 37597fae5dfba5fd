import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Container, startContainer } from '../support/container.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { type Services, startServices } from '../support/services.ts';

let services: Services;
let sinks = 0;

beforeAll(async () => {
  services = await startServices();
});
beforeEach(() => {
  services.org.reset();
  sinks += 1;
});
afterAll(() => services.close());

const settings = { ERRORS_TOLERANCE: 'all', LEDGER_TABLE: 'msk-salesforce-sink-ledger' };

/** A container of the present sink; another one of the same sink has its ledger state. */
const container = (more: Record<string, string> = {}): Container => {
  const mode = { name: 'ledger', ledger: true, settings: { ...settings, ...more } };
  return startContainer(services, mode, `earlier-${sinks}`);
};

const eventOfRows = (count: number) =>
  eventOf(
    Array.from({ length: count }, (_, offset) =>
      eventRecord({ topic: `e${sinks}`, offset, value: { LastName: `Row ${offset}` } }),
    ),
  );

const names = () => services.org.records('Contact').map(({ LastName }) => LastName);
const lines = ({ sink }: Container) => sink.log.lines.map(({ message }) => message);

describe('a job of an earlier delivery', () => {
  it('that begins between the poll and the abort keeps the rows that it has written', async () => {
    const first = container();
    services.proxies.salesforce.arm({
      match: ({ step }) => step === 'close',
      when: 'before',
      action: { kind: 'call', run: () => first.lifetime.kill() },
    });
    await Promise.race([first.sink.deliver(eventOfRows(1000)), first.lifetime.killed]);
    const [job] = services.org.jobs();
    services.org.configure({ chunkMs: 40 });
    services.proxies.salesforce.arm({
      match: ({ step }) => step === 'abort',
      when: 'before',
      action: {
        kind: 'call',
        // The closing call of the killed invocation arrives late, and the job begins.
        run: async () => {
          const login = new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: 'local-client',
            client_secret: 'local-secret',
          });
          const token = await fetch(`${services.org.url}/services/oauth2/token`, {
            method: 'POST',
            body: login,
          });
          const { access_token } = (await token.json()) as { access_token: string };
          await fetch(`${services.org.url}/services/data/v65.0/jobs/ingest/${job?.id}`, {
            method: 'PATCH',
            headers: {
              authorization: `Bearer ${access_token}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify({ state: 'UploadComplete' }),
          });
          await expect.poll(() => names().length, { interval: 5 }).toBeGreaterThan(0);
        },
      },
    });
    const second = container();
    expect(await second.sink.deliver(eventOfRows(1000))).toBeNull();
    services.org.configure({ chunkMs: 1 });
    expect(names()).toHaveLength(1000);
    expect(new Set(names()).size).toBe(1000);
  });

  it('is not taken for gone because of a 404 that is not from Salesforce', async () => {
    services.org.fault({ job: 'stall' });
    const first = container({ POLL_MAX_STEPS: '1' });
    expect((await first.sink.deliver(eventOfRows(3)))?.message).toMatch(/^JOB_STILL_RUNNING/);
    services.org.fault({ call: 'info', action: { kind: 'status', status: 404, body: '<html>' } });
    expect((await container().sink.deliver(eventOfRows(3)))?.message).toMatch(
      /^SALESFORCE_REFUSED/,
    );
    expect(services.org.jobs()).toHaveLength(1);
  });

  it('leaves a row that is permanently locked to one more delivery, however slow the org is', async () => {
    services.org.fault({
      rowError: 'UNABLE_TO_LOCK_ROW:locked:--',
      match: { LastName: 'Row 1' },
      times: null,
    });
    const slow = { POLL_MAX_STEPS: '2' };
    const first = container(slow);
    services.org.configure({ queueMs: 6 });
    const errors: (string | undefined)[] = [];
    for (let delivery = 0; delivery < 4; delivery++) {
      const error = await (delivery === 0 ? first : container(slow)).sink.deliver(eventOfRows(3));
      errors.push(error?.message);
      if (error === null) break;
    }
    services.org.configure({ queueMs: 2 });
    expect(errors.at(-1)).toBeUndefined();
    expect(names().toSorted()).toEqual(['Row 0', 'Row 2']);
    const messages = (await services.queue.messages()).map(({ body }) => JSON.parse(body));
    expect(messages.filter(({ topic }) => topic === `e${sinks}`)).toMatchObject([
      { offset: 1, errorCode: 'UNABLE_TO_LOCK_ROW' },
    ]);
  });

  it('is logged when it is found again', async () => {
    services.org.fault({ job: 'stall' });
    await container({ POLL_MAX_STEPS: '1' }).sink.deliver(eventOfRows(1));
    services.org.fault({
      call: 'info',
      action: { kind: 'status', status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'gone' }] },
    });
    const second = container();
    expect(await second.sink.deliver(eventOfRows(1))).toBeNull();
    expect(lines(second)).toContain('job forgotten');
  });
});
