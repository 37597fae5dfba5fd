import {
  type Flushed,
  type FlushParts,
  type FlushResources,
  originsOf,
  readState,
} from './flush.ts';
import type { RecordOrigin } from './kafka/record.ts';
import type { KafkaBatch } from './kafka/records.ts';
import { planOf } from './ledger/plan.ts';
import { outdatedOf } from './prepare/outdated.ts';
import { prepare } from './prepare/prepare.ts';

/** A record that would be errant again. */
export interface FailingRecord extends RecordOrigin {
  /** As in docs/ERRORS.md. */
  readonly code: string;
}

/** What a replay would do. */
export interface Previewed extends Pick<Flushed, 'written' | 'errant' | 'skipped' | 'outdated'> {
  readonly failing: readonly FailingRecord[];
}

/**
 * What a replay of these records would do, as far as it is known before a job: which would be left because
 * their row was written after them, and which would be errant again. Writes nothing, neither rows nor
 * ledger nor queue. Records that an interrupted replay has in a job are not looked at. Throws as `flush`
 * does before its first job.
 */
export async function preview(
  parts: FlushParts,
  batch: KafkaBatch,
  { org, time }: FlushResources,
): Promise<Previewed> {
  const { config, runtime, log, ledger, decode } = parts;
  const delivery = { config, runtime, log, org, ledger, time };
  const event = originsOf(batch);
  org.clearDescriptions();
  const state = await readState(parts, event, { cluster: batch.cluster, time });
  const plan = planOf(event, state);
  const withoutJobs = { state, plan: { ...plan, jobs: [] }, jobs: [] };
  const prepared = await prepare({ decode, delivery }, batch, withoutJobs);
  const outdated = await outdatedOf(prepared, delivery);
  const failing = prepared.errants.map(({ record, code }) => {
    const { topic, partition, offset, timestamp } = record;
    return { topic, partition, offset, timestamp, code };
  });
  return {
    written: 0,
    errant: failing.length,
    skipped: plan.skipped.length,
    outdated,
    failing,
  };
}
