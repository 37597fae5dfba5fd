import type { SourceRecord } from '../../../local/event-source-mapping/source-record.ts';

/** A record with everything filled in; `fields` replace what a test is about. */
export function sampleRecord(fields: Partial<SourceRecord> = {}): SourceRecord {
  return {
    topic: 'contacts',
    partition: 0,
    offset: 0,
    timestamp: 1_700_000_000_000,
    timestampType: 'CREATE_TIME',
    key: null,
    value: Buffer.from('{}'),
    headers: [],
    ...fields,
  };
}

/** `count` records of one partition, from offset `first`. */
export function sampleRecords(count: number, fields: Partial<SourceRecord> = {}): SourceRecord[] {
  const first = fields.offset ?? 0;
  return Array.from({ length: count }, (_, index) =>
    sampleRecord({ ...fields, offset: first + index }),
  );
}

/** Where the sample records come from. */
export const sampleOrigin = {
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/sample/abc-1',
  bootstrapServers: 'b-1.sample:9098',
} as const;
