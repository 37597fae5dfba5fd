import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Where the systems and version managers that are common keep their JDKs, and where in each. */
const places = [
  ['/usr/lib/jvm', 'bin/java'],
  ['/Library/Java/JavaVirtualMachines', 'Contents/Home/bin/java'],
  [join(homedir(), '.sdkman/candidates/java'), 'bin/java'],
] as const;

/**
 * A `java` of version `least` or newer: that of JAVA_HOME, that of the path, or one that is
 * installed beside it. Null when there is none.
 */
export async function findJava(least: number): Promise<string | null> {
  const home = process.env['JAVA_HOME'];
  const first = [...(home === undefined ? [] : [join(home, 'bin/java')]), 'java'];
  const beside = await Promise.all(
    places.map(async ([folder, java]) => {
      const names = await readdir(folder).catch(() => []);
      return names.toSorted().map((name) => join(folder, name, java));
    }),
  );
  for (const java of [...first, ...beside.flat()]) {
    if ((await majorOf(java)) >= least) return java;
  }
  return null;
}

/** 17 for Java 17; 0 for what does not run. */
async function majorOf(java: string): Promise<number> {
  try {
    const { stderr } = await execute(java, ['-version']);
    return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
