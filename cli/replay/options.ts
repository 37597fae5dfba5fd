import { parseCommandLine } from '../command-line.ts';
import {
  awsUsage,
  readTargetOptions,
  requireStage,
  type TargetOptions,
  targetOptions,
} from '../target.ts';
import { readCode } from './code.ts';

/** The options of `npm run replay`. */
export interface ReplayOptions extends TargetOptions {
  readonly code: string | null;
  readonly dryRun: boolean;
  /** Whether records are sent even if their row was written after them. */
  readonly force: boolean;
  readonly maxRecords: number;
  readonly local: boolean;
}

/** What `--help` prints. */
export const usage = `Usage: npm run replay -- --stage STAGE --sink NAME [--code CODE] [--dry-run] [--force]
                     [--aws-profile PROFILE]

Sends the errant records of a sink through the sink again, after their cause is fixed. A message
is deleted when its record is done; a record that fails again becomes a new message.
A record of an update, upsert or delete stays in the queue if its row was written after it.

  --stage STAGE     stage of the sink
  --sink NAME       the sink, if the stage has several
  --code CODE       only records with this code, the sink's (FIELD_UNKNOWN) or Salesforce's
  --dry-run         only say which records would be replayed, fail again, or be left because their row
                    was written after them; with --force only count them
  --force           also send records whose row was written after them
  --batch-size N    maximum records of one invocation, 1 to 5000 (1000)
${awsUsage}
  --local           use an emulated org with errant records whose cause is fixed
  --help            show this help

Ctrl-C stops after the invocation in flight; run it again to continue. The exit status is 0 if the
queue was read to its end, 130 after Ctrl-C, 1 after an error.`;

/**
 * Parses the command line; null when it requests help. Throws Error with a sentence for the user.
 */
export function readOptions(line: readonly string[]): ReplayOptions | null {
  const { values } = parseCommandLine('replay', {
    args: [...line],
    options: {
      ...targetOptions,
      code: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      'batch-size': { type: 'string', default: '1000' },
      local: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const maxRecords = Number(values['batch-size']);
  if (!(Number.isInteger(maxRecords) && maxRecords >= 1 && maxRecords <= 5000)) {
    throw new Error('--batch-size takes a whole number from 1 to 5000');
  }
  requireStage('replay', values, line);
  return {
    ...readTargetOptions(values),
    code: values.code === undefined ? null : readCode(values.code),
    dryRun: values['dry-run'],
    force: values.force,
    local: values.local,
    maxRecords,
  };
}
