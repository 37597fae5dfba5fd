import { recordsOfLines } from '../event-source-mapping/record-lines.ts';
import type { SourceRecord } from '../event-source-mapping/source-record.ts';
import { readOptionFile } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/** A small file is delivered record by record, so that each change is seen. */
const flushesOfFile = 10;

const maxBatchRecords = 10_000;

/** The batch size for a file with `records`, if none is given: ten flushes, unless it is large. */
export function fileBatchSize(records: number): number {
  return Math.min(maxBatchRecords, Math.ceil(records / flushesOfFile));
}

/** The records of `--file`. Throws UsageError when the file cannot be read, is empty or is wrong. */
export function readRecordFile(path: string): SourceRecord[] {
  const text = readOptionFile('--file', path);
  const records = readLines(path, text);
  if (records.length === 0) throw new UsageError(`--file: ${path} has no records.`);
  return records;
}

function readLines(path: string, text: string): SourceRecord[] {
  try {
    return recordsOfLines(text, { now: Date.now(), plainText: 'refused' });
  } catch (error) {
    const text = `--file: ${path}, ${(error as Error).message}.`.replace('?.', '?');
    throw new UsageError(text, { cause: error });
  }
}
