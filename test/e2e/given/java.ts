import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The oldest Java that Kafka's programs run on. */
export const leastJava = 17;

/** A server for tests starts often and lives for minutes: quick to start is worth more than fast. */
export const javaCommand = (classPath: string): string[] => [
  ...['java', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-cp', classPath],
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
];

/** Whether a command ends without an error in that time. */
export async function succeeds(
  command: string,
  args: readonly string[],
  timeout = 20_000,
): Promise<boolean> {
  return execute(command, [...args], { timeout }).then(
    () => true,
    () => false,
  );
}

/** What is missing of Java and Maven; null when both are there. */
export async function javaProblem(): Promise<string | null> {
  const version = await execute('java', ['-version']).catch(() => null);
  if (version === null) return 'no Java is here';
  const major = Number(/version "(\d+)/.exec(version.stderr)?.[1] ?? 0);
  if (major < leastJava) return `Java is ${major}`;
  return (await succeeds('mvn', ['-v'])) ? null : 'no Maven is here';
}
