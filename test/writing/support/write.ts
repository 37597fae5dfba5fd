import type { Emulator } from 'salesforce-bulk-emulator';
import type { ErrantRecordReporter, ErrantReport } from '../../../src/errant/reporter.ts';
import { SinkError } from '../../../src/errors.ts';
import type { EventRecord } from '../../../src/kafka/event.ts';
import { eventOf } from '../../support/event.ts';
import { type GivenParts, type GivenSink, type LogLine, sinkTo } from '../../support/sink.ts';

/** The outcome of a delivery. */
export interface Written {
  /** The code of the error that failed the flush; null when it succeeded. */
  readonly error: string | null;
  /** Its message. */
  readonly message: string;
  /** `partition@offset CODE` of the errant records, or Salesforce's code for rejected rows. */
  readonly errant: readonly string[];
  /** The last line of the log. */
  readonly line: LogLine | undefined;
}

/** A sink that returns the outcome of each delivery. */
export interface Writer extends GivenSink {
  write(records: readonly EventRecord[]): Promise<Written>;
}

/** Creates a sink that reports errant records. */
export function writerTo(
  org: Emulator,
  settings: Record<string, string>,
  parts: GivenParts = {},
): Writer {
  let errant: string[] = [];
  const reporter: ErrantRecordReporter = {
    check: async () => undefined,
    report: async ({ errants }: ErrantReport) => {
      errant = errants.map(({ record, code, rejection }) => {
        return `${record.partition}@${record.offset} ${rejection?.errorCode ?? code}`;
      });
    },
  };
  const sink = sinkTo(org.url, { ERRORS_TOLERANCE: 'all', ...settings }, { reporter, ...parts });
  return {
    ...sink,
    write: async (records) => {
      errant = [];
      const error = await sink.deliver(eventOf(records));
      return {
        error: error === null ? null : error instanceof SinkError ? error.code : error.name,
        message: error?.message ?? '',
        errant: errant.toSorted(),
        line: sink.log.lines.at(-1),
      };
    },
  };
}

/** The settings of each operation on contacts. */
export const operations = {
  insert: { SALESFORCE_OPERATION: 'insert' },
  update: { SALESFORCE_OPERATION: 'update' },
  upsert: { SALESFORCE_OPERATION: 'upsert', SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c' },
  delete: { SALESFORCE_OPERATION: 'delete' },
  hardDelete: { SALESFORCE_OPERATION: 'hardDelete' },
} as const;

/** A Bulk API operation. */
export type Operation = keyof typeof operations;
