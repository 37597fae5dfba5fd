import { z } from 'zod';
import { tableLines } from './table.ts';

/** What is shown of a message of the errant queue; Salesforce's own words where there are any. */
export type ErrantRecord = { record: string; code: string; reason: string };

const COLUMNS = ['Record', 'Code', 'Reason'];
const REASON_WIDTH = 60;

const salesforceWords = {
  ...{ errorCode: z.string().optional(), errorMessage: z.string().optional() },
};
const errantRecord = z.object({
  ...{ topic: z.string(), partition: z.number(), offset: z.number() },
  ...{ code: z.string(), reason: z.string(), ...salesforceWords },
});

/** A refused row that is no record's, which is told of all the same. */
const strayRow = z
  .object({ kind: z.literal('unmatched-row'), ...salesforceWords })
  .transform(({ errorCode = '', errorMessage = '' }) => ({
    ...{ record: 'no record', code: errorCode, reason: errorMessage },
  }));

const message = z.union([
  strayRow,
  errantRecord.transform(({ topic, partition, offset, code, reason, errorCode, errorMessage }) => ({
    record: `${topic}-${partition}@${offset}`,
    ...{ code: errorCode ?? code, reason: errorMessage ?? reason },
  })),
]);

/** Reads the body of a message of the errant queue. */
export function readErrant(body: string): ErrantRecord {
  return message.parse(JSON.parse(body));
}

/** Errant records as a table, a line each. */
export function errantLines(errants: readonly ErrantRecord[]): string[] {
  return tableLines(COLUMNS, errants.map(cells));
}

function cells({ record, code, reason }: ErrantRecord): string[] {
  const line = reason.replaceAll('\n', ' ');
  const whole = line.length <= REASON_WIDTH;
  return [record, code, whole ? line : `${line.slice(0, REASON_WIDTH - 1)}…`];
}
