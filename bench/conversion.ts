import { writeCsv } from '../src/csv/document.ts';
import { Deadline, systemClock } from '../src/deadline.ts';
import { createDecode } from '../src/decode/decode.ts';
import type { KafkaEvent } from '../src/kafka/event.ts';
import { readEvent } from '../src/kafka/records.ts';

const decode = createDecode('auto', null);
const deadline = new Deadline(systemClock, Number.POSITIVE_INFINITY);

/** The way from event to CSV, as a flush takes it. */
export async function eventToCsv(event: KafkaEvent): Promise<string> {
  const { records } = readEvent(event);
  const { rows } = await decode(records, deadline);
  return writeCsv(rows, 'empty').document?.text ?? '';
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
