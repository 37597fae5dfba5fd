import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

const runs = (command: string): boolean => {
  try {
    execFileSync(command, ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Which of the commands that the comparison needs is not there; null: none. */
export const missingCommand = (): string | null =>
  ['java', 'mvn'].find((command) => !runs(command)) ?? null;

/** Compiles the Java part. Its libraries come from Maven's repository, once. */
export const build = (): void => {
  execFileSync('mvn', ['--batch-mode', '--quiet', 'package'], { cwd: folder, stdio: 'inherit' });
};

/** Whether it was compiled before, perhaps from an older source. */
export const isBuilt = (): boolean => existsSync(`${folder}target/classes`);

/** What one round of the JVM takes, in milliseconds. */
export interface JvmRound {
  readonly wall: number;
  /** CPU of the thread that converts. */
  readonly thread: number;
  /** Garbage collection, which has a thread of its own; in whole milliseconds. */
  readonly collection: number;
}

/** A JVM that converts the records of a file whenever it is told to. */
export class Java {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  /** `records` is a file with each record after its length in four bytes. */
  constructor(format: 'json' | 'envelope', records: string) {
    // The heap of a Connect worker as it comes, and one core: the serial collector needs no second.
    const heap = ['-Xms256M', '-Xmx2G', '-XX:+UseSerialGC', '-XX:ActiveProcessorCount=1'];
    const classes = ['-cp', `${folder}target/classes:${folder}target/lib/*`, 'bench.Main'];
    const stdio = ['pipe', 'pipe', 'ignore'] as const;
    this.#process = spawn('java', [...heap, ...classes, format, records], { stdio: [...stdio] });
    const { stdout } = this.#process;
    if (stdout === null) throw new Error('The JVM has no output.');
    this.#answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  async #ask(line: string): Promise<string> {
    this.#process.stdin?.write(`${line}\n`);
    const { value, done } = await this.#answers.next();
    if (done === true) throw new Error('The JVM has ended. Run it by hand to see why.');
    return value;
  }

  async round(): Promise<JvmRound> {
    return JSON.parse(await this.#ask('round')) as JvmRound;
  }

  /** Writes the CSV to a file. */
  async writeCsv(path: string): Promise<void> {
    await this.#ask(path);
  }

  async close(): Promise<void> {
    this.#process.stdin?.end();
    await once(this.#process, 'close');
  }
}
