/** CPU of this thread that work takes, in milliseconds: other processes of the machine hardly change it. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const begin = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(begin);
  return (user + system) / 1000;
}

/**
 * The mean of several costs: the clock of the CPU is coarse, and only a sum over many rounds is exact.
 * The first rounds, in which code is compiled, are left out.
 */
export function meanOf(costs: readonly number[], warmUps: number): number {
  const warm = costs.slice(warmUps);
  return warm.reduce((sum, cost) => sum + cost, 0) / warm.length;
}

/** The middle of some figures. */
export const median = (figures: readonly number[]): number =>
  figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Number.NaN;
