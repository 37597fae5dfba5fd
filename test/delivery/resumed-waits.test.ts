import { expect, it } from 'vitest';
import { Deadline, systemClock } from '../../src/runtime/deadline.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { sinkTo } from '../support/sink.ts';
import { inMemoryLedger } from '../writing/support/in-memory-ledger.ts';

/** The time of replies is that of the machine, so that each job is 20 s old when it is first seen. */
const org = await useEmulator({ now: () => Date.now() - 20_000 });

const within = new Deadline(systemClock, Number.POSITIVE_INFINITY);
const partitions = [{ cluster: 'c', topic: 'contacts', partition: 0 }];
const event = eventOf([eventRecord({ value: { LastName: 'Okoye' } })]);

it('a job of an earlier delivery is polled by its own age, not by that of the redelivery', async () => {
  const ledger = inMemoryLedger();
  org.configure({ queueMs: 1500 });
  const killed = sinkTo(org.url, { LEDGER_TABLE: 'ledger', POLL_MAX_STEPS: '1' }, { ledger });
  expect(await killed.deliver(event)).toMatchObject({ code: 'JOB_STILL_RUNNING' });
  // The first waits of the delivery that created the job do not know an age.
  expect(killed.clock.sleeps).toEqual([1000]);

  const state = await ledger.read(partitions, within);
  const durations = [{ rows: 1, tookMs: 30_000, at: 1 }];
  const known = new Map([['contacts-0', { ...state.get('contacts-0')!, durations }]]);
  await ledger.write(state, known, within);
  const redelivered = sinkTo(org.url, { LEDGER_TABLE: 'ledger' }, { ledger });
  expect(await redelivered.deliver(event)).toBeNull();
  expect(org.records('Contact')).toHaveLength(1);
  // Replies and jobs have whole seconds.
  expect(redelivered.clock.sleeps[0]).toBeGreaterThan(8_000);
  expect(redelivered.clock.sleeps[0]).toBeLessThan(12_000);
});
