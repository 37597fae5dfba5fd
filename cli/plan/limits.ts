/** A Lambda event: 6 MB, of which a little is not records (Lambda quotas). */
export const eventBytes = 6 * 1024 * 1024 - 1024;

/** What a record adds to an event beside its value: coordinates, timestamp, a short key. */
export const recordOverheadBytes = 180;

/** Records of one internal batch of a bulk job; a job takes at least one. */
export const bulkBatchRecords = 10_000;

/** Bulk batches of an org in any 24 hours, shared with every other bulk client of the org. */
export const bulkBatchesADay = 15_000;

/** Records that an org takes by bulk jobs in any 24 hours. */
export const bulkRecordsADay = 150_000_000;

/** A CSV up to here goes up in one call, where no ledger is kept. */
export const multipartBytes = 100_000;

/** Calls of one flush beside looks at its job: create, upload, close; or all of them at once. */
export const calls = { staged: 3, multipart: 1 } as const;

/** Looks at a job: a steady topic costs one or two (docs/DESIGN.md, Waiting). */
export const looks = 2;

export const daySeconds = 86_400;
export const monthDays = 365 / 12;
