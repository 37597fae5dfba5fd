import { parseArgs } from 'node:util';
import { type Place, placeOf, placeOptions } from '../target.ts';

/** What `npm run replay` was asked for. */
export interface ReplayOptions extends Place {
  readonly code: string | null;
  readonly dryRun: boolean;
  readonly maxRecords: number;
  readonly local: boolean;
}

/** What `--help` prints. */
export const usage = `Usage: npm run replay -- --stage STAGE --sink NAME [--code CODE] [--dry-run]

Takes the errant records of a sink through the sink again, once their cause is mended. A message
leaves the queue when its record is settled; one that fails again is a new message.

  --stage STAGE     stage of the sink (dev)
  --sink NAME       the sink, where the stage has several
  --code CODE       only records with this code, the sink's (FIELD_UNKNOWN) or Salesforce's
  --dry-run         only say what would be replayed
  --batch-size N    most records of one invocation, 1 to 5000 (1000)
  --param sinks=F   another sinks file than infra/sinks/STAGE.yml
  --local           on this machine: an emulated org with errant records whose cause is mended
  --help            this

Ctrl-C stops after the invocation in flight; start it again to go on.`;

/**
 * Reads the command line; null when it asks for help.
 *
 * Throws Error with a sentence about what is wrong.
 */
export function readOptions(line: readonly string[]): ReplayOptions | null {
  const { values } = parseArgs({
    args: [...line],
    options: {
      ...placeOptions,
      code: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
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
  return {
    ...placeOf(values),
    code: values.code ?? null,
    dryRun: values['dry-run'],
    local: values.local,
    maxRecords,
  };
}
