import type { RecordOrigin } from '../kafka/record.ts';
import { carriesRecord, rangesText, withoutRanges } from './offset-ranges.ts';
import type { LedgerJob, OffsetRange } from './state.ts';

/** Characters of offset ranges above which jobs are trimmed; an item holds 400 KB. */
const roomForRanges = 200_000;

/**
 * Removes from jobs the offsets that later ones carry, which decide them: an item would outgrow its
 * limit if many deliveries each wrote a few more of its rows. Only jobs with records of `event` count
 * as later ones: a flush adds a job when it has read those. Below 200,000 characters all stay, since
 * equal rows are told apart by which of them were sent again.
 */
export function trimmedJobs(
  jobs: readonly LedgerJob[],
  event: readonly RecordOrigin[],
): readonly LedgerJob[] {
  const size = jobs.reduce((sum, { ranges }) => sum + rangesText(ranges).length, 0);
  if (size <= roomForRanges) return jobs;
  const kept: LedgerJob[] = [];
  let later: readonly OffsetRange[] = [];
  for (const job of jobs.toReversed()) {
    const ranges = withoutRanges(job.ranges, later);
    if (ranges.length > 0) kept.push({ ...job, ranges });
    const isRead = event.some((record) => carriesRecord(job, record));
    if (isRead) later = [...later, ...ranges].sort(([one], [other]) => one - other);
  }
  return kept.reverse();
}
