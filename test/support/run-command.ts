import type { Command } from '../../cli/command.ts';

/** Runs a command in this process: its exit status, and what it wrote. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  { input = '', variables = {} }: { input?: string; variables?: Record<string, string> } = {},
) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const status = await command(args, {
    variables,
    readInput: async () => input,
    print: (line) => void stdout.push(`${line}\n`),
    complain: (line) => void stderr.push(`${line}\n`),
  });
  return { status, stdout: stdout.join(''), stderr: stderr.join('') };
}
