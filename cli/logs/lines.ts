import type { Tone } from '../../local/terminal/display.ts';
import { counted, number, seconds } from '../../local/terminal/format.ts';
import { isMetricsLine, type LogLine, readLogLine } from '../../local/terminal/function-log.ts';
import { lambdaLine, type ShownLine } from './lambda-lines.ts';
import type { LogEvent } from './log-events.ts';

/** Lines of Lambda that say nothing of a flush, in the text format of older deployments. */
const ofLambda = /^(?:START RequestId|END RequestId|REPORT RequestId|INIT_START|XRAY TraceId)/;

/** The runtime repeats a thrown error, which `flush failed` or `init failed` has; in the text format. */
const repeated = /\b(?:Invoke|Init) Error ?\t\{.*"errorType":"SinkError"/;

/** Fields that every line of the function has, and that its line does not repeat. */
const common = new Set([
  ...[
    'level',
    'timestamp',
    'service',
    'release',
    'sampling_rate',
    'xray_trace_id',
    'cold_start',
    'offsets',
  ],
  ...['function_arn', 'function_memory_size', 'function_name', 'function_request_id'],
]);

const places = (value: unknown): string => {
  const all = Array.isArray(value) ? value.map(String) : [];
  const rest = all.length - 6;
  return all.slice(0, 6).join(' ') + (rest > 0 ? ` and ${rest} more` : '');
};

const rest = (fields: LogLine['fields']): string =>
  Object.entries(fields)
    .filter(([name, value]) => !common.has(name) && value !== null && value !== '')
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

const tones: Readonly<Record<string, Tone>> = { ERROR: 'bad', WARN: 'bad', CRITICAL: 'bad' };

function lineOf({ message, fields }: LogLine): ShownLine {
  const count = (name: string) => Number(fields[name] ?? 0);
  const where = places(fields['offsets']);
  switch (message) {
    case 'flush received':
      return { tone: 'faint', text: `  ${counted(count('records'), 'record')}  ${where}` };
    case 'flush written': {
      const rows = `${number(count('rows'))} of ${counted(count('records'), 'record')} written`;
      const took = `in ${seconds(count('duration_ms'))}, ${counted(count('api_calls'), 'API call')}`;
      return { tone: 'good', text: `✓ ${rows} ${took}  ${where}` };
    }
    case 'flush failed':
    case 'init failed':
      return { tone: 'bad', text: `✗ ${message}  ${fields['reason'] ?? fields['code']}` };
    case 'errant record': {
      const code = fields['error_code'] ?? fields['code'];
      return { tone: 'bad', text: `! ${fields['record']} is errant: ${code}: ${fields['reason']}` };
    }
    default: {
      const tone = tones[String(fields['level'])] ?? 'plain';
      return { tone, text: `${tone === 'bad' ? '!' : ' '} ${message}  ${rest(fields)}`.trimEnd() };
    }
  }
}

function ownLine(text: string): ShownLine {
  const line = readLogLine(text);
  return line === null ? { tone: 'plain', text: `  ${text}` } : lineOf(line);
}

/** A time of day, in UTC as the log has it. */
const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 19);

/**
 * The line for an event of a function's log; null for metrics, for Lambda's own lines without a fault,
 * and for an error that the function's line has.
 */
export function shownLine({ at, text }: LogEvent): ShownLine | null {
  if (isMetricsLine(text) || ofLambda.test(text) || repeated.test(text)) return null;
  const ofRuntime = lambdaLine(text);
  if (ofRuntime === null) return null;
  const shown = ofRuntime ?? ownLine(text);
  return { ...shown, text: `${timeOf(at)} ${shown.text.replaceAll(/\s*\n\s*/g, ' ')}` };
}
