import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveByMaven } from '../maven.ts';

const pom = join(import.meta.dirname, 'pom.xml');

/** The version of Apache Kafka that the suite runs on, as its `pom.xml` says. */
export const kafkaVersion: string =
  /<kafka\.version>([\d.]+)</.exec(readFileSync(pom, 'utf8'))?.[1] ?? 'unknown';

/** The folder with the jars of a broker; rejects with what Maven says. */
export const kafkaJars = (version: string): Promise<string> =>
  resolveByMaven({ pom, properties: { 'kafka.version': version } });
