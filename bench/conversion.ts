import { documentOf } from '../src/csv/document.ts';
import { createDecode } from '../src/decode/decode.ts';
import type { KafkaEvent } from '../src/kafka/event.ts';
import { readEvent } from '../src/kafka/records.ts';
import { buildRows } from '../src/rows/build-rows.ts';
import { Deadline, systemClock } from '../src/runtime/deadline.ts';
import { type Format, schemas } from './formats.ts';

const decode = createDecode('auto', schemas);
const deadline = new Deadline(systemClock, Number.POSITIVE_INFINITY);

/** The way from event to CSV, as a flush takes it. */
export async function eventToCsv(event: KafkaEvent): Promise<string> {
  const { records } = readEvent(event);
  const decoded = await decode(records, deadline);
  const { rows, columns } = buildRows(decoded.records, {
    nullValues: 'empty',
    recordIdField: null,
    unknownFields: 'send',
  });
  return documentOf(rows, columns).text;
}

/** The least that any sink must do: decode base64, read each value, join strings once. */
export function floor(event: KafkaEvent, read: Format['read']): string {
  const lines: string[] = [];
  for (const partition of Object.values(event.records)) {
    for (const { value } of partition) {
      const fields = read(Buffer.from(value ?? '', 'base64'));
      lines.push(Object.values(fields).join(','));
    }
  }
  return lines.join('\n');
}
