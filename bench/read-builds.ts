import { parseCommandLine } from '../cli/command-line.ts';

const usage = `Usage: npm run bench [-- BUILD …]

Measures the function, and prints tables: throughput, size, start, memory and waits. Takes minutes.

  BUILD     the sink.mjs of another build, whose start and memory are measured too
  --help    show this help`;

/**
 * Reads the command line of the bench: the builds to compare. Ends the process with 0 when help was
 * requested, and with 1 for an option that the bench does not have.
 */
export function readBuilds(): readonly string[] {
  try {
    const options = { help: { type: 'boolean', short: 'h' } } as const;
    const { values, positionals } = parseCommandLine('bench', { options, allowPositionals: true });
    if (values.help !== true) return positionals;
    console.log(usage);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(1);
  }
  process.exit(0);
}
