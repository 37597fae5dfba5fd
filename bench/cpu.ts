/** CPU of this thread that work takes, in milliseconds: other processes of the machine hardly change it. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const begin = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(begin);
  return (user + system) / 1000;
}

/** How often something is measured. */
export interface Rounds {
  readonly rounds: number;
  /** The first rounds, in which code is compiled, are left out. */
  readonly warmUps: number;
}

const mean = (costs: readonly number[]): number =>
  costs.reduce((sum, cost) => sum + cost, 0) / costs.length;

/**
 * The CPU of this thread that each work takes, in milliseconds, all in turns: the mean of the rounds,
 * since the clock of the CPU is coarse, and only a sum over many of them is exact.
 */
export async function cpuInTurns<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  { rounds, warmUps }: Rounds,
): Promise<Record<Name, number>> {
  const measured = Object.entries<() => unknown>(works).map(([name, work]) => {
    return { name, work, costs: [] as number[] };
  });
  for (let round = 0; round < rounds; round++) {
    for (const { work, costs } of measured) costs.push(await cpuMs(work));
  }
  const means = measured.map(({ name, costs }) => [name, mean(costs.slice(warmUps))] as const);
  return Object.fromEntries(means) as Record<Name, number>;
}

/** The middle of some figures. */
export const median = (figures: readonly number[]): number =>
  figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Number.NaN;
