import { join } from 'node:path';
import { javaCommand, javaProblem, leastJava, succeeds } from '../java.ts';
import { guarded, guardPath } from '../process/guarded-process.ts';
import { kafkaJars, kafkaVersion } from './jars.ts';

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

const classes = { broker: 'kafka.Kafka', storage: 'kafka.tools.StorageTool' } as const;
const imageOf = (version: string) => `apache/kafka:${version}`;
const pullMs = 300_000;

/**
 * Docker where a daemon answers, else Java with the jars that Maven resolves.
 *
 * Rejects with what to install where neither can be used.
 */
export async function findPrograms(version: string = kafkaVersion): Promise<Programs> {
  if (await dockerWorks(imageOf(version))) return inDocker(imageOf(version));
  const problem = await javaProblem();
  if (problem === null) return javaPrograms(version);
  throw new Error(
    `The end-to-end suite needs a Kafka broker: no Docker daemon is here, and ${problem}. Name one in KAFKA_BROKERS, or start ` +
      `Docker, or install Java ${leastJava} or newer (java, keytool) and Maven (mvn).`,
  );
}

/** Java, with the jars that Maven resolves. Brokers that run so reach each other. */
export async function javaPrograms(version: string = kafkaVersion): Promise<Programs> {
  return withJava(version, await kafkaJars(version));
}

/** Whether a daemon answers that has the image or gets it. */
async function dockerWorks(image: string): Promise<boolean> {
  if (!(await succeeds('docker', ['info']))) return false;
  return succeeds('docker', ['run', '--rm', '--entrypoint', 'true', image], pullMs);
}

function withJava(version: string, jars: string): Programs {
  return {
    name: `Apache Kafka ${version} with Java`,
    bind: '127.0.0.1',
    commandLine({ program, args, directory }) {
      if (program === 'keytool') return ['keytool', ...args];
      const command = [...javaCommand(join(jars, '*')), classes[program], ...args];
      return program === 'broker' ? guarded(directory, command) : command;
    },
  };
}

function inDocker(image: string): Programs {
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
      const broker = [guardPath, directory, run, classes.broker, ...args];
      return [...container, '--entrypoint', 'sh', image, ...broker];
    },
  };
}
