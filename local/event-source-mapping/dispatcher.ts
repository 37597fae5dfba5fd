import type { Backlog } from './backlog.ts';
import type { BatchLimits } from './batch.ts';
import { type DeliveryPorts, type DeliverySettings, deliver } from './delivery.ts';

/** The settings of the dispatcher and its deliveries. */
export type DispatcherSettings = DeliverySettings & { limits: BatchLimits };

/**
 * Cuts batches off `backlog` and delivers them until it is over or `signal` aborts.
 *
 * At most one invocation per partition runs at a time. A batch is cut only when a slot is free, so
 * it grows while all slots are taken. Resolves when every delivery has ended.
 */
export async function runDispatcher(
  ports: DeliveryPorts & { backlog: Backlog },
  settings: DispatcherSettings,
  signal: AbortSignal,
): Promise<void> {
  const { backlog } = ports;
  const deliveries = new Set<Promise<void>>();
  let number = 0;
  while (await batchIsDue(backlog, settings, signal)) {
    const release = await settings.semaphore.acquire();
    const batch = signal.aborted ? null : backlog.cut();
    if (batch === null) {
      release();
      continue;
    }
    number += 1;
    const delivery = deliver(ports, { ...settings, batch, number, release }, signal);
    const ended = delivery.finally(() => {
      backlog.release(batch);
      deliveries.delete(ended);
    });
    deliveries.add(ended);
  }
  await Promise.all(deliveries);
}

/**
 * Waits until a batch has to close: a limit is reached, its window ends, or the source ends (a
 * topic never does, so Lambda has no rule for that). False when there will be no batch.
 *
 * A window opens with the first record that can be delivered. A window of 0 takes what is there.
 */
async function batchIsDue(
  backlog: Backlog,
  { limits, sleep }: DispatcherSettings,
  signal: AbortSignal,
): Promise<boolean> {
  while (backlog.state() === 'empty' && !signal.aborted) await backlog.changed();
  if (backlog.state() === 'waiting') await windowEnds(backlog, { limits, sleep }, signal);
  return !signal.aborted && backlog.state() !== 'over';
}

async function windowEnds(
  backlog: Backlog,
  { limits, sleep }: Pick<DispatcherSettings, 'limits' | 'sleep'>,
  signal: AbortSignal,
): Promise<void> {
  const closed = new AbortController();
  let over = false;
  const windowEnd = sleep(limits.windowMs, closed.signal).then(() => {
    over = true;
  });
  while (backlog.state() === 'waiting' && !over && !signal.aborted) {
    await Promise.race([backlog.changed(), windowEnd]);
  }
  closed.abort();
}
