/** A line of the function, of a flush of ten records. */
export const flush = (message: string, fields: object = {}): string =>
  JSON.stringify({ level: 'INFO', message, offsets: ['contacts-0@0..9'], records: 10, ...fields });

/** A line of Lambda itself, as `LoggingConfig` with `LogFormat: JSON` has it. */
export const platform = (type: string, record: unknown): string =>
  JSON.stringify({ time: '2026-01-01T07:05:09.000Z', type: `platform.${type}`, record });

/** What Lambda's runtime logs of an error, in the same format. */
export const runtime = (message: object): string =>
  JSON.stringify({
    timestamp: '2026-01-01T07:05:09.000Z',
    level: 'ERROR',
    requestId: '1',
    message,
  });
