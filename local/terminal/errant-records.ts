import { z } from 'zod';
import { coordinatesText } from '../../src/kafka/coordinates.ts';
import { tableLines } from './table.ts';
import { cutTo } from './width.ts';

/** A message of the errant queue as it is shown, with Salesforce's error where there is one. */
export interface ErrantRecord {
  record: string;
  code: string;
  reason: string;
}

const columns = ['Record', 'Code', 'Reason'];
const reasonWidth = 60;

const salesforceWords = {
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
};
const errantRecord = z.object({
  topic: z.string(),
  partition: z.number(),
  offset: z.number(),
  code: z.string(),
  reason: z.string(),
  ...salesforceWords,
});

/** A rejected row that was matched to no record. */
const unmatchedRow = z
  .object({ kind: z.literal('unmatched-row'), ...salesforceWords })
  .transform(({ errorCode = '', errorMessage = '' }) => ({
    record: 'no record',
    code: errorCode,
    reason: errorMessage,
  }));

const message = z.union([
  unmatchedRow,
  errantRecord.transform(({ code, reason, errorCode, errorMessage, ...place }) => ({
    record: coordinatesText(place),
    code: errorCode ?? code,
    reason: errorMessage ?? reason,
  })),
]);

/** Reads the body of a message of the errant queue. */
export function readErrant(body: string): ErrantRecord {
  return message.parse(JSON.parse(body));
}

/** Errant records as the lines of a table. */
export function errantLines(errants: readonly ErrantRecord[]): string[] {
  return tableLines(columns, errants.map(cells));
}

function cells({ record, code, reason }: ErrantRecord): string[] {
  return [record, code, cutTo(reason, reasonWidth)];
}
