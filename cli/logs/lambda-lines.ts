import type { Tone } from '../../local/terminal/display.ts';
import { seconds } from '../../local/terminal/format.ts';

/** A line as it is shown. */
export interface ShownLine {
  readonly tone: Tone;
  readonly text: string;
  /** The request whose end by Lambda the line reports; several lines may. */
  readonly endOf?: string;
}

/** An object of a line of JSON. */
type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** The statuses of a platform event that tell of a fault. */
const faulty = new Set<unknown>(['error', 'failure', 'timeout']);

/** What a platform event with a faulty status says. */
const outcomes: Readonly<Record<string, string>> = {
  'platform.initReport': 'could not start the function',
  'platform.initRuntimeDone': 'could not start the function',
  'platform.report': 'ended the function',
  'platform.runtimeDone': 'ended the function',
};

/**
 * How a line in JSON of Lambda itself is shown, or one of its runtime, which repeats a thrown error;
 * null: not at all; undefined: the line is none of these. What a `SinkError` says, the function's own
 * line `flush failed` or `init failed` has said.
 *
 * Source: AWS Lambda developer guide, "Telemetry API Event schema reference", and "Configuring JSON
 * and plain text log formats".
 */
export function lambdaLine(text: string): ShownLine | null | undefined {
  const line = parsed(text);
  if (line === undefined) return undefined;
  const { type, record, message } = line;
  if (typeof type === 'string' && type.startsWith('platform.')) return platformLine(type, record);
  if (!isObject(message) || typeof message['errorType'] !== 'string') return undefined;
  if (message['errorType'] === 'SinkError') return null;
  const { errorType, errorMessage } = message;
  return { tone: 'bad', text: `! ${errorType}: ${errorMessage}` };
}

function parsed(text: string): Fields | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function platformLine(type: string, record: unknown): ShownLine | null {
  if (type === 'platform.fault') return { tone: 'bad', text: `! Lambda: ${record}` };
  const outcome = outcomes[type];
  if (outcome === undefined || !isObject(record)) return null;
  const { status, errorType, metrics, requestId } = record;
  if (!faulty.has(status) || errorType === 'SinkError') return null;
  const ms = isObject(metrics) ? metrics['durationMs'] : undefined;
  const cause = typeof errorType === 'string' ? `, ${errorType},` : '';
  const after = typeof ms === 'number' ? ` after ${seconds(ms)}` : '';
  return {
    tone: 'bad',
    text: `! Lambda ${outcome}: ${status}${cause}${after}`.replace(/,$/, ''),
    ...(typeof requestId === 'string' && { endOf: requestId }),
  };
}
