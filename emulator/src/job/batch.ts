import { parseCsv } from '../csv/document.ts';
import { hasLineEnding } from '../csv/line-ending.ts';
import { findOversize } from '../csv/size.ts';
import type { OrgState } from '../org/org-state.ts';
import { readHeader } from '../row/column.ts';
import type { Batch, Job } from './job.ts';

/** The data of a job, ready to be processed; or the error that fails the job. */
type BatchReading = Batch | { readonly errorMessage: string };

/**
 * Parses and checks the data of a job, of which nothing is checked at upload (experiments on
 * deferred validation, reports of clients).
 */
export function openBatch(job: Job, org: OrgState): BatchReading {
  const text = job.upload ?? '';
  const { request } = job;
  if (!hasLineEnding(text, request.lineEnding, org.choices['line-ending-check'])) {
    return {
      errorMessage: `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${request.lineEnding}`,
    };
  }
  const document = parseCsv(text, request);
  if (!document) {
    return {
      errorMessage:
        'InvalidBatch : Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote',
    };
  }
  const oversize = findOversize(document);
  if (oversize !== null) return { errorMessage: `InvalidBatch : ${oversize}` };
  return readDocument(job, document, org);
}

function readDocument(
  job: Job,
  document: NonNullable<ReturnType<typeof parseCsv>>,
  org: OrgState,
): BatchReading {
  const { object } = job.request;
  if (document.header.length === 0) return noRecords();
  const reading = readHeader(document.header, { object, ...org });
  if ('errorMessage' in reading) return reading;
  const deletes = job.request.operation === 'delete' || job.request.operation === 'hardDelete';
  if (deletes && reading.columns.some(({ field }) => field.type !== 'id')) {
    // assumption: delete-columns.
    return { errorMessage: 'InvalidBatch : Delete batches must contain only ids' };
  }
  if (document.rows.length === 0 && org.choices['empty-upload'] === 'fail-job') return noRecords();
  const ragged = document.rows.some((row) => row.cells.length !== document.header.length);
  if (ragged && org.choices['ragged-row'] === 'fail-job') {
    return { errorMessage: 'InvalidBatch : Failed to parse CSV. Row and header differ in length' };
  }
  if (!org.batches.take(Math.max(1, Math.ceil(document.rows.length / BATCH_ROWS)))) {
    return { errorMessage: 'ExceededQuota : ApiBatchItems Limit exceeded' };
  }
  const results = document.rows.map(() => null);
  return { document, columns: reading.columns, results };
}

/** Rows in one internal batch (guide, "Bulk API 2.0 limits"). assumption: batches-per-job. */
const BATCH_ROWS = 10_000;

/** choice: empty-upload. */
function noRecords(): BatchReading {
  return { errorMessage: 'InvalidBatch : Records not found' };
}
