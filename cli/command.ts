import { readFileSync } from 'node:fs';

/** What a command takes from its process, and gives to it. */
export interface CommandIo {
  /** Environment variables by name. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Reads standard input to its end. */
  readonly readInput: () => string;
  /** Writes a line to standard output. */
  readonly print: (line: string) => void;
  /** Writes a line to standard error. */
  readonly complain: (line: string) => void;
}

/** A command: takes the arguments after its name, and resolves to its exit status. */
export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

/** Runs a command in this process, which ends with its status. */
export async function runHere(command: Command): Promise<void> {
  process.exitCode = await command(process.argv.slice(2), {
    variables: process.env,
    readInput: () => readFileSync(process.stdin.fd, 'utf8'),
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
  });
}
