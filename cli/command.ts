import { text } from 'node:stream/consumers';

/** What a command takes from its process, and gives to it. */
export interface CommandIo {
  /** Environment variables by name. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Reads standard input to its end. Rejects on a terminal, which has none. */
  readonly readInput: () => Promise<string>;
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
    readInput: () => readInput(process.stdin),
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
  });
}

async function readInput(input: NodeJS.ReadStream): Promise<string> {
  if (!input.isTTY) return text(input);
  throw new Error(
    'Standard input is a terminal: pipe records into it, or name a file of them with --records.',
  );
}
