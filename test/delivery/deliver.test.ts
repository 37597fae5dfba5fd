import { describe, expect, it } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy/fault-proxy.ts';
import {
  contacts,
  deliver,
  jobs,
  names,
  namesOf,
  salesforce,
  withServers,
} from './given/with-ledger.ts';

withServers();

/** The ledger takes the job, but not that all is settled. */
const killedAtTheEnd = { failingWrite: 1 };

/** Closes the only job and waits for its end, as the invocation that made it may still do. */
async function closeFromElsewhere(): Promise<void> {
  const login = await fetch(`${salesforce.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: 'local-client' },
      client_secret: 'local-secret',
    }),
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  await fetch(`${salesforce.url}/services/data/v65.0/jobs/ingest/${salesforce.jobs()[0]?.id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ state: 'UploadComplete' }),
  });
  await expect.poll(() => salesforce.jobs()[0]?.state).toBe('JobComplete');
}

describe('a job', () => {
  it('is in the ledger before it has any rows', async () => {
    const seen: unknown[] = [];
    const onWrite = () => {
      seen.push(salesforce.jobs().map(({ state, uploads }) => [state, uploads]));
    };
    expect(await deliver(contacts(0, 2), { onWrite })).toBeNull();
    expect(seen).toEqual([[['Open', 0]], [['JobComplete', 1]]]);
  });

  it('that the ledger does not take gets no rows', async () => {
    expect(await deliver(contacts(0, 2), { failingWrite: 0 })).toBe('LEDGER_UNAVAILABLE');
    expect(jobs()).toEqual([['Aborted', null]]);
    expect(names()).toEqual([]);
  });

  it('of an earlier delivery is not made again', async () => {
    expect(await deliver(contacts(0, 2), killedAtTheEnd)).toBe('LEDGER_UNAVAILABLE');
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(jobs()).toEqual([['JobComplete', 3]]);
  });

  it('whose records come back in two halves, with others, is not made again', async () => {
    await deliver(contacts(0, 5), killedAtTheEnd);
    expect(await deliver(contacts(0, 1))).toBeNull();
    expect(await deliver(contacts(2, 8))).toBeNull();
    expect(names().sort()).toEqual(namesOf(contacts(0, 8)));
    expect(jobs()).toEqual([
      ['JobComplete', 6],
      ['JobComplete', 3],
    ]);
  });

  it('that is still running is left to run, and found when it has ended', async () => {
    salesforce.configure({ queueMs: 200 });
    const settings = { POLL_MAX_STEPS: '1' };
    const patient = { POLL_MAX_STEPS: '1000', POLL_MAX_WAIT_SECONDS: '1' };
    expect(await deliver(contacts(0, 2), { settings })).toBe('JOB_STILL_RUNNING');
    expect(jobs()).toEqual([['UploadComplete', 3]]);
    expect(await deliver(contacts(0, 2), { settings: patient })).toBeNull();
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });

  it('that never began is discarded, and its records go into another', async () => {
    salesforce.fault({ call: 'close', action: { kind: 'status', status: 400 } });
    expect(await deliver(contacts(0, 2))).toBe('SALESFORCE_REFUSED');
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(jobs()).toEqual([
      ['Aborted', 3],
      ['JobComplete', 3],
    ]);
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });

  it('that begins while it is being discarded is waited for, and not made again', async () => {
    salesforce.fault({ call: 'close', action: { kind: 'status', status: 400 } });
    expect(await deliver(contacts(0, 2))).toBe('SALESFORCE_REFUSED');
    const proxy = await startFaultProxy(salesforce.url, { rewriteOrigin: true });
    proxy.arm({
      match: ({ step }) => step === 'abort',
      when: 'before',
      action: { kind: 'call', run: closeFromElsewhere },
    });
    expect(await deliver(contacts(0, 2), { settings: { SALESFORCE_URI: proxy.url } })).toBeNull();
    await proxy.close();
    expect(jobs()).toEqual([['JobComplete', 3]]);
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });

  it('that failed as a whole is forgotten, and its records go into another', async () => {
    salesforce.fault({ job: 'fail' });
    expect(await deliver(contacts(0, 2))).toBe('JOB_FAILED');
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(jobs()).toEqual([
      ['Failed', 3],
      ['JobComplete', 3],
    ]);
  });

  it('that is gone is forgotten, and its records go into another', async () => {
    salesforce.fault({ job: 'vanish' });
    await deliver(contacts(0, 2));
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(names()).toHaveLength(6);
  });
});
