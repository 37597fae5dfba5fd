import type { Failure, MappingEvent } from '../event-source-mapping/mapping-event.ts';
import { formatRange } from '../event-source-mapping/offset-range.ts';
import type { Shown, Tone } from '../terminal/display.ts';
import { counted, kilobytes, number, seconds, wrapped } from '../terminal/format.ts';
import type { LogLine } from '../terminal/function-log.ts';

const indent = '         ';
const width = 70;

/** The lines for an event of the mapping. */
export function mappingLines(event: MappingEvent): Shown[] {
  switch (event.kind) {
    case 'flush-started': {
      const { batch, attempt, ranges, records } = event.flush;
      const nth = attempt === 1 ? '' : `, attempt ${attempt}`;
      const title = `flush ${batch}  ${counted(records, 'record')}${nth}`;
      const sorted = ranges.toSorted((one, other) => one.partition - other.partition);
      return [line('heading', title), line('faint', indent + sorted.map(formatRange).join('  '))];
    }
    case 'flush-failed':
      return wrapped(`✗ ${reasonOf(event.outcome)}`, width).map((text, index) =>
        line('bad', `${indent}${index === 0 ? '' : '  '}${text}`),
      );
    case 'redelivery-scheduled':
      return [line('plain', `${indent}not committed, redelivery in ${seconds(event.waitMs)}`)];
    case 'record-skipped':
      return [
        line(
          'bad',
          `${indent}✗ skipped: offset ${event.record.offset} exceeds the event size limit`,
        ),
      ];
    case 'commit-failed':
      return [line('bad', `${indent}✗ offsets not committed`)];
    default:
      return [];
  }
}

function reasonOf(outcome: Failure): string {
  return outcome.kind === 'crashed' ? 'the function was killed' : outcome.errorMessage;
}

/** The lines for a line of the function's log. */
export function logLines({ message, fields }: LogLine): Shown[] {
  const count = (name: string) => Number(fields[name] ?? 0);
  switch (message) {
    case 'job submitted': {
      const what = `${counted(count('rows'), 'row')}, ${counted(count('columns'), 'column')}`;
      // Only a job with another operation than the sink's names it.
      const kind = [fields['operation'], fields['upload_mode']].filter(Boolean).join(', ');
      const job = `job ${fields['job_id']}, ${kind}`;
      return [line('plain', `${indent}${job}, ${what}, ${kilobytes(count('bytes'))}`)];
    }
    case 'job running': {
      const done = `${fields['state']}, ${counted(count('processed'), 'row')} processed`;
      const next = `poll ${count('step')} in ${seconds(count('next_wait_ms'))}`;
      return [{ kind: 'progress', tone: 'faint', text: `${indent}${done}, ${next}` }];
    }
    case 'job found again': {
      const job = `job ${fields['job_id']} of the prior delivery: ${fields['state']}`;
      return [line('plain', `${indent}${job}`)];
    }
    case 'rows sent again':
      return [
        line('plain', `${indent}${counted(count('rows'), 'row')} locked, retried in a new job`),
      ];
    case 'errant record': {
      const reason = fields['error_code'] ?? fields['code'];
      return [line('bad', `${indent}! ${fields['record']} sent to the errant queue: ${reason}`)];
    }
    case 'job aborted':
      return [line('plain', `${indent}job aborted, so it writes no more rows`)];
    case 'flush written': {
      const cost = `${counted(count('waits'), 'wait')}, ${counted(count('api_calls'), 'API call')}`;
      const rows = `${number(count('rows'))} of ${counted(count('records'), 'record')} written`;
      return [line('good', `${indent}✓ ${rows}: ${cost}, ${seconds(count('duration_ms'))}`)];
    }
    default:
      return [];
  }
}

function line(tone: Tone, text: string): Shown {
  return { kind: 'line', tone, text };
}
