/** A Lambda event: 6 MB, of which a little is not records (Lambda quotas). */
export const EVENT_BYTES = 6 * 1024 * 1024 - 1024;

/** What a record adds to an event beside its value: coordinates, timestamp, a short key. */
export const RECORD_OVERHEAD_BYTES = 180;

/** Records of one internal batch of a bulk job; a job takes at least one. */
export const BULK_BATCH_RECORDS = 10_000;

/** Bulk batches of an org in any 24 hours, shared with every other bulk client of the org. */
export const BULK_BATCHES_A_DAY = 15_000;

/** Records that an org takes by bulk jobs in any 24 hours. */
export const BULK_RECORDS_A_DAY = 150_000_000;

/** A CSV up to here goes up in one call, where no ledger is kept. */
export const MULTIPART_BYTES = 100_000;

/** Calls of one flush beside looks at its job: create, upload, close; or all of them at once. */
export const CALLS = { staged: 3, multipart: 1 } as const;

/** Looks at a job: a steady topic costs one or two (docs/DESIGN.md, Waiting). */
export const LOOKS = 2;

export const DAY_SECONDS = 86_400;
export const MONTH_DAYS = 365 / 12;
