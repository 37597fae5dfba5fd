import { killPhases, type Phase } from './phases.ts';
import type { FaultInjector } from './striker.ts';

/** The calls of a phase that were cut off before they took effect, and after it. */
interface Kills {
  readonly phase: Phase;
  before: number;
  after: number;
  missed: number;
}

/** How many phases are waited for side by side. */
const lanes = 3;

/** Phases that consist of no call: there is nothing before which they could end. */
const withoutCall: readonly Phase[] = ['loading', 'settled, not yet returned'];

const total = ({ before, after }: Kills): number => before + after;

/** Functions that are killed in one phase after the other, always in the one that has the fewest. */
export class Campaign {
  readonly #striker: FaultInjector;
  readonly #each: number;
  readonly #kills = killPhases.map((phase): Kills => ({ phase, before: 0, after: 0, missed: 0 }));
  readonly #underWay = new Set<Kills>();

  /** `each`: how many are killed in each phase, half of them before the call takes effect. */
  constructor(striker: FaultInjector, each: number) {
    this.#striker = striker;
    this.#each = each;
  }

  /** Kills until that many were; gives up when little is left to do. */
  async run(muchLeft: () => Promise<boolean>): Promise<void> {
    const lane = async () => {
      while (await muchLeft()) {
        const kills = this.#next();
        if (kills === undefined) return;
        this.#underWay.add(kills);
        await this.#kill(kills);
        this.#underWay.delete(kills);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  /** All kills, by phase. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#kills.map((kills) => [kills.phase, total(kills)]));
  }

  /** The kills as they are printed. */
  lines(): string[] {
    const all = this.#kills.reduce((sum, kills) => sum + total(kills), 0);
    const lines = this.#kills.map((kills) => {
      const { phase, before, after } = kills;
      const sides = withoutCall.includes(phase) ? '' : `${before} before the call, ${after} after`;
      return `    ${phase.padEnd(36)}${String(total(kills)).padEnd(5)}${sides}`.trimEnd();
    });
    return [`  kills             ${all}, each in an invocation`, ...lines];
  }

  /** One that nobody came to has to wait for its turn. */
  #next(): Kills | undefined {
    const open = this.#kills.filter(
      (kills) => total(kills) < this.#each && !this.#underWay.has(kills),
    );
    const rank = (kills: Kills) => total(kills) + kills.missed;
    return open.toSorted((one, other) => rank(one) - rank(other))[0];
  }

  async #kill(kills: Kills): Promise<void> {
    const { phase, before, after } = kills;
    const side = withoutCall.includes(phase) || before > after ? 'after' : 'before';
    const when = phase === 'settled, not yet returned' ? 'answered' : side;
    const isStruck = await this.#striker.strike(phase, when);
    kills[side] += isStruck ? 1 : 0;
    kills.missed = isStruck ? 0 : kills.missed + 1;
  }
}
