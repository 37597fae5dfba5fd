import { documentOf } from '../src/csv/document.ts';
import { draftsOf } from '../src/csv/drafts.ts';
import { decode } from '../src/decode/decode.ts';
import type { KafkaEvent } from '../src/kafka/event.ts';
import { readEvent } from '../src/kafka/records.ts';

/** The way from event to CSV, as a flush takes it. */
export function eventToCsv(event: KafkaEvent): string {
  const { records } = readEvent(event);
  const { rows } = decode(records, 'auto');
  const { drafts, columns } = draftsOf(rows, { nullValues: 'empty', recordIdField: null });
  return documentOf(drafts, columns).text;
}

/** The least that any sink must do: decode base64, parse each value, join strings once. */
export function floor(event: KafkaEvent): string {
  const lines: string[] = [];
  for (const partition of Object.values(event.records)) {
    for (const { value } of partition) {
      const fields = JSON.parse(Buffer.from(value ?? '', 'base64').toString());
      lines.push(Object.values(fields).join(','));
    }
  }
  return lines.join('\n');
}
