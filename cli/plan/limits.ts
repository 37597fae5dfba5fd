/** The size of a Lambda event, 6 MB, minus what is not records (Lambda quotas). */
export const eventBytes = 6 * 1024 * 1024 - 1024;

/** The size of a record in an event beside its value: coordinates, timestamp, a short key. */
export const recordOverheadBytes = 180;

/** Records of one internal batch of a bulk job; a job takes at least one. */
export const bulkBatchRecords = 10_000;

/** Bulk batches of an org in any 24 hours, shared with every other bulk client of the org. */
export const bulkBatchesADay = 15_000;

/** Records that an org accepts in bulk jobs in any 24 hours. */
export const bulkRecordsADay = 150_000_000;

/** Maximum CSV for an upload in one call, without a ledger. */
export const multipartBytes = 100_000;

/** Calls of one flush without polls: create, upload, close; or all in one. */
export const calls = { staged: 3, multipart: 1 } as const;

/** Polls of a job: one or two for a steady topic (docs/DESIGN.md, Waiting). */
export const polls = 2;

export const daySeconds = 86_400;
export const monthDays = 365 / 12;
