import type { Failure, MappingEvent } from '../event-source-mapping/mapping-event.ts';
import { formatRange } from '../event-source-mapping/offset-range.ts';
import type { Shown, Tone } from '../terminal/display.ts';
import type { LogLine } from '../terminal/function-log.ts';
import { counted, kilobytes, number, seconds, wrapped } from '../terminal/wording.ts';

const indent = '         ';
const width = 70;

/** What to show of an event of the mapping. */
export function mappingLines(event: MappingEvent): Shown[] {
  switch (event.kind) {
    case 'flush-started': {
      const { batch, attempt, ranges, records } = event.flush;
      const again =
        attempt === 1 ? '' : `, delivered for the ${attempt}${ordinalEnd(attempt)} time`;
      const title = `flush ${batch}  ${counted(records, 'record')}${again}`;
      const sorted = ranges.toSorted((one, other) => one.partition - other.partition);
      return [line('heading', title), line('faint', indent + sorted.map(formatRange).join('  '))];
    }
    case 'flush-failed':
      return wrapped(`✗ ${reasonOf(event.outcome)}`, width).map((text, index) =>
        line('bad', `${indent}${index === 0 ? '' : '  '}${text}`),
      );
    case 'redelivery-scheduled':
      return [
        line('plain', `${indent}not committed; the same records again in ${seconds(event.waitMs)}`),
      ];
    case 'record-passed-over':
      return [line('bad', `${indent}✗ too large for any event: offset ${event.record.offset}`)];
    case 'commit-failed':
      return [line('bad', `${indent}✗ offsets not committed`)];
    default:
      return [];
  }
}

function reasonOf(outcome: Failure): string {
  return outcome.kind === 'crashed' ? 'the function was killed' : outcome.errorMessage;
}

function ordinalEnd(attempt: number): string {
  return { 2: 'nd', 3: 'rd' }[attempt] ?? 'th';
}

/** What to show of a line of the function's log. */
export function logLines({ message, fields }: LogLine): Shown[] {
  const count = (name: string) => Number(fields[name] ?? 0);
  switch (message) {
    case 'job submitted': {
      const what = `${counted(count('rows'), 'row')}, ${counted(count('columns'), 'column')}`;
      const job = `job ${fields['job_id']}, ${fields['upload_mode']}`;
      return [line('plain', `${indent}${job}, ${what}, ${kilobytes(count('bytes'))}`)];
    }
    case 'job running': {
      const done = `${fields['state']}, ${counted(count('processed'), 'row')} processed`;
      const next = `look ${count('step')} in ${seconds(count('next_wait_ms'))}`;
      return [{ kind: 'progress', tone: 'faint', text: `${indent}${done}, ${next}` }];
    }
    case 'job found again': {
      const job = `job ${fields['job_id']}, of the delivery before: ${fields['state']}`;
      return [line('plain', `${indent}${job}`)];
    }
    case 'rows sent again':
      return [line('plain', `${indent}${counted(count('rows'), 'row')} locked, sent again alone`)];
    case 'errant record': {
      const reason = fields['error_code'] ?? fields['code'];
      return [line('bad', `${indent}! ${fields['record']} into the errant queue: ${reason}`)];
    }
    case 'job aborted':
      return [line('plain', `${indent}job aborted, so that it writes nothing more`)];
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
