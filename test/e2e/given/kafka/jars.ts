import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveByMaven } from '../maven.ts';

const pom = join(import.meta.dirname, 'pom.xml');

/** The version of Apache Kafka that the suite starts, as its `pom.xml` says. */
export const kafkaVersion: string =
  /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([\d.]+)</.exec(
    readFileSync(pom, 'utf8'),
  )?.[1] ?? 'unknown';

/** The folder with the jars of the broker; rejects with what Maven says. */
export const kafkaJars = (): Promise<string> => resolveByMaven({ pom });
