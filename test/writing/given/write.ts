import type { Emulator } from '../../../emulator/src/emulator.ts';
import type { Report, Reporter } from '../../../src/errant/reporter.ts';
import { SinkError } from '../../../src/errors.ts';
import type { EventRecord } from '../../../src/kafka/event.ts';
import { eventOf } from '../../support/event.ts';
import { type GivenParts, type GivenSink, type LogLine, sinkTo } from '../../support/sink.ts';

/** What came of a delivery. */
export interface Written {
  /** The code of the error that failed the flush; null: it did not fail. */
  readonly error: string | null;
  /** Its message. */
  readonly message: string;
  /** `partition@offset CODE` of the errant records, with Salesforce's own code where it has one. */
  readonly errant: readonly string[];
  /** The last line of the log. */
  readonly line: LogLine | undefined;
}

/** A sink, and what came of each delivery to it. */
export interface Writer extends GivenSink {
  write(records: readonly EventRecord[]): Promise<Written>;
}

/** Makes a container of a sink that reports errant records, as in `settings`. */
export function writerTo(
  org: Emulator,
  settings: Record<string, string>,
  parts: GivenParts = {},
): Writer {
  let errant: string[] = [];
  const reporter: Reporter = {
    check: async () => undefined,
    report: async ({ errants }: Report) => {
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

/** What is done to the rows of an object. */
export type Operation = keyof typeof operations;
