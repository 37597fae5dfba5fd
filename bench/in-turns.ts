/** Runs what is measured of each build in turns; returns the rounds by build. */
export async function inTurns<T>(
  builds: readonly string[],
  count: number,
  measure: (build: string) => Promise<T>,
): Promise<T[][]> {
  const rounds = builds.map((): T[] => []);
  for (let round = 0; round < count; round++) {
    for (const [at, build] of builds.entries()) rounds[at]?.push(await measure(build));
  }
  return rounds;
}
