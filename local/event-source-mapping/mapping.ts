import type { Outcome } from '../lambda-runtime/outcome.ts';
import { Backlog } from './backlog.ts';
import { type BatchLimits, maxEventBytes } from './batch.ts';
import type { DeliveryPorts } from './delivery.ts';
import { type DispatcherSettings, runDispatcher } from './dispatcher.ts';
import type { EventOrigin } from './event.ts';
import type { MappingEvent } from './mapping-event.ts';
import type { RecordSource } from './record-source.ts';
import { type RedeliveryWaits, redeliveryWaits } from './redelivery.ts';
import { type Sleep, sleep } from './sleep.ts';
import { Slots } from './slots.ts';

/**
 * An event source mapping.
 *
 * `concurrency`, 1 by default, is how many invocations may be in flight at once; `invoke` takes as
 * many. `limits` leave `maxBytes` at Lambda's 6 MB by default.
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
 * A mapping at work.
 *
 * `done` resolves when the source has ended and every record is delivered, or after `stop`; it
 * rejects when the source fails. Either way the source is closed by then. `stop` starts no further
 * invocation and waits for those in flight; to hasten it, kill the function.
 */
export interface Mapping {
  done: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts to deliver.
 *
 * Throws RangeError when a limit is outside what Lambda takes.
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
    slots: new Slots(settings.concurrency ?? 1),
  };
  const reading = source.read(backlog, stopping.signal).then(
    () => backlog.end(),
    (error: unknown) => {
      // Half of what it read may still be delivered, but nobody should wait for the rest.
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

/** The ranges of an event source mapping (AWS Lambda API, CreateEventSourceMapping). */
function checkLimits({ maxRecords, windowMs }: MappingSettings['limits']): void {
  if (!Number.isInteger(maxRecords) || maxRecords < 1 || maxRecords > 10_000) {
    throw new RangeError(`a batch takes 1 to 10000 records, not ${maxRecords}`);
  }
  if (!(windowMs >= 0 && windowMs <= 300_000)) {
    throw new RangeError(`a batching window is 0 to 300000 ms, not ${windowMs}`);
  }
}
