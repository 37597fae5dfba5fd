import type { Backlog } from './backlog.ts';
import type { BatchLimits } from './batch.ts';
import { type DeliveryPorts, type DeliverySettings, deliver } from './delivery.ts';

/** How the dispatcher cuts batches, beside how they are delivered. */
export type DispatcherSettings = DeliverySettings & { limits: BatchLimits };

/**
 * Cuts batches off `backlog` and delivers them until it is over or `signal` aborts.
 *
 * As many invocations run at once as there are slots, and of no partition more than one. A batch is
 * cut only when there is a slot for it, so it grows for as long as all are taken. Resolves when
 * every delivery has ended.
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
    const leaveSlot = await settings.slots.enter();
    const batch = signal.aborted ? null : backlog.cut();
    if (batch === null) {
      leaveSlot();
      continue;
    }
    number += 1;
    const delivery = deliver(ports, { ...settings, batch, number, leaveSlot }, signal);
    const ended = delivery.finally(() => {
      backlog.release(batch);
      deliveries.delete(ended);
    });
    deliveries.add(ended);
  }
  await Promise.all(deliveries);
}

/**
 * Waits until a batch has to close: its records are enough, its window is over, or nothing comes
 * any more (a topic never ends, so Lambda has no rule for that). False when there will be none.
 *
 * A window opens with the first record that can be delivered, so nothing is cut while there is
 * nothing to deliver. A window of 0 takes what is there already.
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
