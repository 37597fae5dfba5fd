import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaJars, kafkaVersion } from './jars.ts';

const execute = promisify(execFile);

/** The programs that a broker takes: the broker, the one that formats its disk, Java's keytool. */
export type Program = 'broker' | 'storage' | 'keytool';

/** A program to run: it sees `directory`, and others on this machine reach it on `ports`. */
export interface ProgramRun {
  program: Program;
  args: readonly string[];
  directory: string;
  ports: readonly number[];
}

/** A way to run Kafka's programs; `bind` is the address on which a broker run so has to listen. */
export interface Programs {
  name: string;
  bind: string;
  /** The command line. The broker is under the guard, the others end by themselves. */
  commandLine(run: ProgramRun): string[];
}

const guardPath = join(import.meta.dirname, 'guard.sh');
const classes = { broker: 'kafka.Kafka', storage: 'kafka.tools.StorageTool' } as const;
const leastJava = 17;
const image = `apache/kafka:${kafkaVersion}`;
const pullMs = 300_000;

/**
 * Docker where a daemon answers, else Java with the jars that Maven resolves.
 *
 * Rejects with what to install where neither can be used.
 */
export async function findPrograms(): Promise<Programs> {
  if (await dockerWorks()) return inDocker();
  const problem = await javaProblem();
  if (problem === null) return withJava(await kafkaJars());
  throw new Error(
    `The end-to-end suite needs a Kafka broker: ${problem}. Name one in KAFKA_BROKERS, or start ` +
      `Docker, or install Java ${leastJava} or newer (java, keytool) and Maven (mvn).`,
  );
}

/** Whether a daemon answers that has the image or gets it. */
async function dockerWorks(): Promise<boolean> {
  if (!(await answers('docker', ['info']))) return false;
  return answers('docker', ['run', '--rm', '--entrypoint', 'true', image], pullMs);
}

async function answers(
  command: string,
  args: readonly string[],
  timeout = 20_000,
): Promise<boolean> {
  return execute(command, [...args], { timeout }).then(
    () => true,
    () => false,
  );
}

async function javaProblem(): Promise<string | null> {
  const version = await execute('java', ['-version']).catch(() => null);
  if (version === null) return 'neither a Docker daemon nor Java is here';
  const major = Number(/version "(\d+)/.exec(version.stderr)?.[1] ?? 0);
  if (major < leastJava) return `no Docker daemon is here, and Java is ${major}`;
  if (!(await answers('mvn', ['-v']))) return 'no Docker daemon is here, and no Maven';
  return null;
}

function withJava(jars: string): Programs {
  // A broker for tests starts often and lives for minutes: quick to start is worth more than fast.
  const java = ['java', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*')];
  const logging = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
  return {
    name: `Apache Kafka ${kafkaVersion} with Java`,
    bind: '127.0.0.1',
    commandLine({ program, args, directory }) {
      if (program === 'keytool') return ['keytool', ...args];
      const command = [...java, logging, classes[program], ...args];
      return program === 'broker' ? ['sh', guardPath, directory, ...command] : command;
    },
  };
}

function inDocker(): Programs {
  return {
    name: `${image} in Docker`,
    bind: '0.0.0.0',
    commandLine({ program, args, directory, ports }) {
      const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
      const container = [
        ...['docker', 'run', '--rm', '--interactive', '--user', user],
        ...['--volume', `${directory}:${directory}`, '--volume', `${guardPath}:${guardPath}:ro`],
        ...['--env', `LOG_DIR=${join(directory, 'logs')}`, '--env', 'KAFKA_HEAP_OPTS=-Xmx512m'],
        ...ports.flatMap((port) => ['--publish', `127.0.0.1:${port}:${port}`]),
      ];
      const run = '/opt/kafka/bin/kafka-run-class.sh';
      if (program === 'keytool') return [...container, '--entrypoint', 'keytool', image, ...args];
      if (program === 'storage') {
        return [...container, '--entrypoint', run, image, classes.storage, ...args];
      }
      const guarded = [guardPath, directory, run, classes.broker, ...args];
      return [...container, '--entrypoint', 'sh', image, ...guarded];
    },
  };
}
