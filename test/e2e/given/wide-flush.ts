// Delivers one event of many records with few fields each, out of many: `node wide-flush.ts URL rows
// columns`. Prints what came of it, and the peak of the process's memory.
import { eventOf, eventRecord } from '../../support/event.ts';
import { sinkTo } from '../../support/sink.ts';

const [, , url = '', rows, columns] = process.argv;

let next = 0;
const valueAt = (offset: number) => {
  const value: Record<string, string> = { LastName: `Name ${offset}`, Email: 'no address' };
  for (let field = 0; field < 8; field++) value[`F${next++ % Number(columns)}__c`] = `v${offset}`;
  return value;
};

const event = eventOf(
  Array.from({ length: Number(rows) }, (_, offset) =>
    eventRecord({ offset, value: valueAt(offset) }),
  ),
);
const sink = sinkTo(url, {
  ...{ ERRORS_TOLERANCE: 'all', UNKNOWN_FIELDS: 'send', UPLOAD_MODE: 'staged' },
});
const error = await sink.deliver(event);
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
const [counts] = sink.counts;
process.stdout.write(
  JSON.stringify({ error: error?.message ?? null, errant: counts?.errant, peakMb }),
);
process.exit(0);
