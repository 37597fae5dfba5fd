import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiUsage } from '../../src/salesforce/api-usage.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { writerTo } from '../writing/support/write.ts';

const shareAfter = (...headers: (string | undefined)[]) => {
  const usage = new ApiUsage();
  for (const header of headers) usage.read({ headers: { 'sforce-limit-info': header } });
  return usage.share;
};

describe('the share of API calls that is used', () => {
  it('is what the last reply said', () => {
    expect(shareAfter('api-usage=28/15000')).toBe(28 / 15_000);
    expect(shareAfter('api-usage=28/15000', 'api-usage=15100/15000')).toBe(15_100 / 15_000);
  });

  it('is that of the org, whatever is beside it', () => {
    const perApp = 'per-app-api-usage=17/250(appName=sink)';
    expect(shareAfter(`api-usage=25/100; ${perApp}`)).toBe(0.25);
    expect(shareAfter(`${perApp}, api-usage=25/100`)).toBe(0.25);
    expect(shareAfter(perApp)).toBeNull();
  });

  it('stays what it was after a reply that does not say', () => {
    expect(shareAfter()).toBeNull();
    for (const header of [undefined, '', 'api-usage=x/y', 'api-usage=1/0']) {
      expect(shareAfter(header)).toBeNull();
      expect(shareAfter('api-usage=1/4', header)).toBe(0.25);
    }
  });
});

describe('a flush', () => {
  let org: Emulator;

  beforeAll(async () => {
    org = await startEmulator();
  });
  beforeEach(() => org.reset());
  afterAll(() => org.close());

  const records = [eventRecord({ value: { LastName: 'A' } })];
  const use = (used: number) => org.use({ apiRequests: { used, max: 1_000 } });
  const calls = (call: string) => org.requests().filter((one) => one.call === call).length;
  const tooHigh = 'API_USAGE_TOO_HIGH';

  it('above the ceiling is not started, and fails slowly', async () => {
    use(960);
    const { write, clock } = writerTo(org, {});
    const { error, message } = await write(records);
    expect([error, org.jobs()]).toEqual([tooHigh, []]);
    expect(message).toMatch(/has used 96 % of its daily API calls, and API_USAGE_CEILING is 0\.95/);
    expect(clock.sleeps).toEqual([60_000]);
  });

  it('waits half of the time that is left for calls, if that is less than a minute', async () => {
    use(960);
    const { deliver, clock } = writerTo(org, {});
    expect(await deliver(eventOf(records), 20_000)).toMatchObject({ code: tooHigh });
    // Of 20 s, 0.4 s stay unused and 3 s are for results: 16.6 s are for calls.
    const [slept = 0] = clock.sleeps;
    expect(slept).toBeGreaterThan(7_000);
    expect(slept).toBeLessThanOrEqual(8_300);
  });

  it('below it continues without another call, and logs the usage', async () => {
    use(900);
    const { write, clock } = writerTo(org, {});
    const { error, line } = await write(records);
    expect([error, calls('limits')]).toEqual([null, 0]);
    expect(line?.['api_usage']).toBeCloseTo(0.9, 1);
    expect(clock.sleeps.filter((ms) => ms >= 60_000)).toEqual([]);
  });

  it('asks again when it was above, also in a warm container, and continues once it may', async () => {
    const { write } = writerTo(org, {});
    use(990);
    expect(await write(records)).toMatchObject({ error: tooHigh });
    const asked = calls('limits');
    expect(await write(records)).toMatchObject({ error: tooHigh });
    expect(calls('limits')).toBe(asked + 1);
    use(10);
    expect(await write(records)).toMatchObject({ error: null });
    expect(org.records('Contact')).toHaveLength(1);
  });

  it('asks in a cold container that has made no other call', async () => {
    use(990);
    const { write } = writerTo(org, { UNKNOWN_FIELDS: 'send' });
    expect(await write(records)).toMatchObject({ error: tooHigh });
    expect([calls('describe'), calls('limits')]).toEqual([0, 1]);
  });

  it('obeys the ceiling that is set', async () => {
    use(600);
    const low = writerTo(org, { API_USAGE_CEILING: '0.5' });
    const high = writerTo(org, { API_USAGE_CEILING: '1' });
    expect(await low.write(records)).toMatchObject({ error: tooHigh });
    expect(await high.write(records)).toMatchObject({ error: null });
  });

  it('continues when the org does not report its limits', async () => {
    org.fault({ call: 'limits', action: { kind: 'status', status: 403 }, times: null });
    const { write } = writerTo(org, { UNKNOWN_FIELDS: 'send' });
    expect(await write(records)).toMatchObject({ error: null });
  });

  it('without usable records is not stopped', async () => {
    use(990);
    const { write } = writerTo(org, {});
    expect(await write([eventRecord({ value: '{' })])).toMatchObject({ error: null });
    expect(org.requests()).toEqual([]);
  });
});
