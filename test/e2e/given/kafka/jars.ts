import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const root = join(import.meta.dirname, '../../../..');
const pomPath = join(import.meta.dirname, 'pom.xml');

/** The version of Apache Kafka that the suite starts, as its `pom.xml` says. */
export const kafkaVersion = /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([\d.]+)</.exec(
  readFileSync(pomPath, 'utf8'),
)?.[1];

/**
 * The folder with the jars of the broker, which Maven resolves once and `node_modules` keeps.
 *
 * Rejects with what Maven says when it cannot.
 */
export async function kafkaJars(): Promise<string> {
  const cache = join(root, 'node_modules/.cache');
  const jars = join(cache, `kafka-${kafkaVersion}`);
  if (existsSync(jars)) return jars;
  // Complete or not there at all: a run that is stopped meanwhile leaves no half of it.
  await mkdir(cache, { recursive: true });
  const row = await mkdtemp(join(cache, 'kafka-'));
  try {
    const output = `-DoutputDirectory=${join(row, 'jars')}`;
    await execute('mvn', ['-B', '-q', '-f', pomPath, 'dependency:copy-dependencies', output]);
    await rename(join(row, 'jars'), jars).catch((error: unknown) => {
      // Another run was faster.
      if (!existsSync(jars)) throw error;
    });
  } finally {
    await rm(row, { recursive: true, force: true });
  }
  return jars;
}
