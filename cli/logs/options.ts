import { parseCommandLine } from '../command-line.ts';
import { awsUsage, readTargetOptions, type TargetOptions, targetOptions } from '../target.ts';

/** The options of `npm run logs`. */
export interface LogsOptions extends TargetOptions {
  /** How far back the first line may be, in minutes. */
  readonly sinceMinutes: number;
  /** Whether to end after the lines that there are. */
  readonly once: boolean;
  /** Whether lines are printed as they are in CloudWatch. */
  readonly json: boolean;
}

/** What `--help` prints. */
export const usage = `Usage: npm run logs -- --stage STAGE --sink NAME [--since MINUTES] [--once] [--json]

Shows the log of a sink, one short line for each event, and waits for more until Ctrl-C. Metrics and
Lambda's own lines are left out, unless Lambda ended the function or could not start it.

  --stage STAGE     stage of the sink (dev)
  --sink NAME       the sink, if the stage has several; doctor: the log of the doctor
  --since MINUTES   how far back to begin, 0 to 20160 (10)
  --once            end after the lines that there are
  --json            print every line as it is in CloudWatch
${awsUsage}
  --help            show this help`;

/** The longest time back: two weeks. */
const maxMinutes = 20_160;

/**
 * Parses the command line; null when it requests help. Throws Error with a sentence for the user.
 */
export function readOptions(line: readonly string[]): LogsOptions | null {
  const { values } = parseCommandLine('logs', {
    args: [...line],
    options: {
      ...targetOptions,
      since: { type: 'string', default: '10' },
      once: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const sinceMinutes = values.since.trim() === '' ? Number.NaN : Number(values.since);
  if (!(Number.isInteger(sinceMinutes) && sinceMinutes >= 0 && sinceMinutes <= maxMinutes)) {
    throw new Error(`--since takes minutes, a whole number from 0 to ${maxMinutes}`);
  }
  return { ...readTargetOptions(values), sinceMinutes, once: values.once, json: values.json };
}
