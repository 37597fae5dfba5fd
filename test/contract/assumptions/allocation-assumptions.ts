import { startEmulator } from 'salesforce-bulk-emulator';
import { type Api, connect } from '../api.ts';
import { decide } from '../probe.ts';
import { explain } from '../session.ts';
import { emulatorTarget } from '../target.ts';
import type { Assumption } from './assumption.ts';

const LIMITS = (api: Api) => `${api.base}/limits`;

/** What an org allows in a day, and in one upload. */
export const allocationAssumptions = {
  'batches-per-job': {
    does: 'A job uses one batch of the daily allocation for each 10,000 rows. Whether the empty parent batch counts is undocumented',
    expected: 'one-per-10000-rows',
    how: '`DailyBulkApiBatches` before and after a job of 10,001 rows',
    emulatorOnly: 'Other clients of an org use batches too, and `/limits` may be five minutes late',
    ask: async (api) => {
      const remaining = async () =>
        JSON.parse((await api.call('GET', LIMITS(api))).text).DailyBulkApiBatches.Remaining;
      const before = await remaining();
      await api.run(`FirstName\n${'x\n'.repeat(10_001)}`);
      const used = before - (await remaining());
      return decide(`${used} batches`, { 'one-per-10000-rows': used === 2 });
    },
  },
  'allocation-window': {
    does: 'Daily allocations are restored in full after 24 hours; an org has a rolling window',
    expected: 'all-after-24-hours',
    how: 'A call every six hours, until one more than a day allows is answered',
    emulatorOnly: 'It takes a day and all calls of the org',
    ask: async () => {
      let now = Date.UTC(2026, 0, 1);
      const options = { apiLimit: 1, tokenLifetimeMs: 1e12, now: () => now };
      const emulator = await startEmulator(options);
      const api = await connect(emulatorTarget(emulator));
      const answered: number[] = [];
      for (let hours = 0; hours <= 24; hours += 6) {
        if ((await api.call('GET', LIMITS(api))).status === 200) answered.push(hours);
        now += 6 * 3_600_000;
      }
      await emulator.close();
      return decide(`answered after ${answered} hours`, {
        'all-after-24-hours': answered.join() === '0,24',
      });
    },
  },
  'exhausted-requests': {
    does: 'The API answers `REQUEST_LIMIT_EXCEEDED` at the limit. A paid org allows an overage first; its size is not public',
    expected: 'at-the-limit',
    how: 'One call more than the org has in a day',
    emulatorOnly: 'No client of the org could make a call for the rest of the day',
    ask: async () => {
      const emulator = await startEmulator({ apiLimit: 1 });
      const api = await connect(emulatorTarget(emulator));
      await api.call('GET', LIMITS(api));
      const seen = explain(await api.call('GET', LIMITS(api)));
      await emulator.close();
      return decide(seen, { 'at-the-limit': seen.startsWith('403 REQUEST_LIMIT_EXCEEDED:') });
    },
  },
  'upload-over-limit': {
    does: 'Data of more than 150,000,000 bytes in base64, which are 112,500,000 as sent, is 400 `CLIENTINPUTERROR`. The limit is documented, the error is not',
    expected: 'client-input-error',
    how: 'A PUT of 112,500,001 bytes, and one of a byte less',
    emulatorOnly: 'An org that accepts the data keeps it for a week',
    ask: async () => {
      // The clean-up would have the data of this job parsed.
      const emulator = await startEmulator();
      const api = await connect(emulatorTarget(emulator));
      const id = await api.open();
      const put = async (bytes: number) => {
        const headers = { 'content-type': 'text/csv' };
        const body = Buffer.alloc(bytes, 'x');
        return explain(await api.call('PUT', `${api.jobs}/${id}/batches`, { headers, body }));
      };
      const over = await put(112_500_001);
      const within = await put(112_500_000);
      await emulator.close();
      const isRefused = over.startsWith('400 CLIENTINPUTERROR:') && within.startsWith('201');
      return decide(`${over}; ${within}`, { 'client-input-error': isRefused });
    },
  },
} satisfies Record<string, Assumption>;
