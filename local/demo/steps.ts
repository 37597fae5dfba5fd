import type { Flush } from '../event-source-mapping/mapping-event.ts';
import type { Shown } from '../terminal/display.ts';
import { wrapped } from '../terminal/format.ts';

const width = 78;

/** What a speaker explains before a delivery, by batch and attempt. */
const deliveries: Readonly<Record<string, string>> = {
  '1.1':
    'Lambda has collected records of three partitions. The function makes one CSV of them, and one job. One record is not JSON, and Salesforce will reject another: both go to the errant queue, the others are written.',
  '2.1':
    'The next batch. The function will be killed in the middle of its job, as by a crash or a timeout. Salesforce does not notice: the job goes on.',
  '2.2':
    'Lambda has committed nothing, so it delivers the same records again. The ledger knows their job: the function waits for it instead of writing the rows a second time.',
  '3.1':
    'The last batch. One row is locked by somebody else: the function retries it, and only it, in a new job.',
};

/** What a speaker explains at the end. */
const end =
  'All records are delivered. What is in Salesforce, what is in the errant queue, and whether every record is in exactly one of them.';

/** The text of the pause before a delivery, or with null before the summary. */
export function pauseLines(flush: Flush | null): Shown[] {
  const text = flush === null ? end : (deliveries[`${flush.batch}.${flush.attempt}`] ?? '');
  return [
    { kind: 'line', tone: 'plain', text: '' },
    ...wrapped(text, width).map(
      (one): Shown => ({ kind: 'line', tone: 'heading', text: `▌ ${one}` }),
    ),
    { kind: 'progress', tone: 'faint', text: '▌ Enter goes on.' },
  ];
}
