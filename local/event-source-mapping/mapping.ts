import type { Outcome } from '../lambda-runtime/outcome.ts';
import { Backlog } from './backlog.ts';
import { type BatchLimits, maxEventBytes } from './batch.ts';
import type { DeliveryPorts } from './delivery.ts';
import { type DispatcherSettings, runDispatcher } from './dispatcher.ts';
import type { EventOrigin } from './event.ts';
import type { MappingEvent } from './mapping-event.ts';
import type { RecordSource } from './record-source.ts';
import { type RedeliveryWaits, redeliveryWaits } from './redelivery.ts';
import { Semaphore } from './semaphore.ts';
import { type Sleep, sleep } from './sleep.ts';

/**
 * The settings of an event source mapping.
 *
 * `concurrency`, 1 by default, is the number of invocations that may be in flight; `invoke` must
 * accept as many. `maxBytes` is Lambda's 6 MB by default.
 */
export interface MappingSettings {
  source: RecordSource;
  invoke: (event: unknown) => Promise<Outcome>;
  origin: EventOrigin;
  limits: Omit<BatchLimits, 'maxBytes'> & { maxBytes?: number };
  concurrency?: number;
  onEvent?: (event: MappingEvent) => void;
  redelivery?: RedeliveryWaits;
  sleep?: Sleep;
}

/**
 * A running mapping.
 *
 * `done` resolves when the source has ended and every record is delivered, or after `stop`; it
 * rejects when the source fails. The source is closed by then. `stop` starts no further invocation
 * and awaits those in flight; to end them, kill the function.
 */
export interface Mapping {
  done: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts to deliver.
 *
 * Throws RangeError when a limit is outside the range that Lambda accepts.
 */
export function startMapping(settings: MappingSettings): Mapping {
  checkLimits(settings.limits);
  const stopping = new AbortController();
  const done = run(settings, stopping);
  return {
    done,
    async stop() {
      stopping.abort();
      await Promise.allSettled([done]);
    },
  };
}

async function run(settings: MappingSettings, stopping: AbortController): Promise<void> {
  const { source, invoke, origin, onEvent = () => undefined } = settings;
  const limits = { maxBytes: maxEventBytes, ...settings.limits };
  const backlog = new Backlog({ origin, limits });
  stopping.signal.addEventListener('abort', () => backlog.wake());
  const ports: DeliveryPorts & { backlog: Backlog } = { source, invoke, onEvent, backlog };
  const dispatching: DispatcherSettings = {
    origin,
    limits,
    redelivery: settings.redelivery ?? redeliveryWaits,
    sleep: settings.sleep ?? sleep,
    semaphore: new Semaphore(settings.concurrency ?? 1),
  };
  const reading = source.read(backlog, stopping.signal).then(
    () => backlog.end(),
    (error: unknown) => {
      // Records that were read may still be delivered, but nothing should wait for more.
      stopping.abort();
      throw error;
    },
  );
  const results = await Promise.allSettled([
    reading,
    runDispatcher(ports, dispatching, stopping.signal),
  ]);
  await source.close();
  onEvent({ kind: 'stopped' });
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** The ranges of Lambda (AWS Lambda API, CreateEventSourceMapping). */
function checkLimits({ maxRecords, windowMs }: MappingSettings['limits']): void {
  if (!Number.isInteger(maxRecords) || maxRecords < 1 || maxRecords > 10_000) {
    throw new RangeError(`a batch takes 1 to 10000 records, not ${maxRecords}`);
  }
  if (!(windowMs >= 0 && windowMs <= 300_000)) {
    throw new RangeError(`a batching window is 0 to 300000 ms, not ${windowMs}`);
  }
}
