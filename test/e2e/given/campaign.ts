import type { FaultInjector } from './fault-injector.ts';
import type { Phase } from './phases.ts';

/** The kills of a phase before and after a call takes effect. */
interface Kills {
  readonly phase: Phase;
  before: number;
  after: number;
  missed: number;
}

/** Phases pending at the same time. */
const lanes = 3;

/** Phases without a call. */
const withoutCall: readonly Phase[] = ['function starting', 'settled, not yet returned'];

/** Only an invocation after a killed one finds a job again: one that was killed in the other phase. */
const [foundAgain, leftBehind] = ['job found again', 'job running'] as const satisfies Phase[];

const total = ({ before, after }: Kills): number => before + after;

/** Kills functions in one phase after the other, always in the phase with the fewest kills. */
export class Campaign {
  readonly #injector: Pick<FaultInjector, 'kill'>;
  readonly #each: number;
  readonly #kills: readonly Kills[];
  readonly #underWay = new Set<Kills>();

  /** `each`: kills per phase, at least; half of them before the call takes effect. */
  constructor(injector: Pick<FaultInjector, 'kill'>, phases: readonly Phase[], each: number) {
    this.#injector = injector;
    this.#each = each;
    this.#kills = phases.map((phase) => ({ phase, before: 0, after: 0, missed: 0 }));
  }

  /** Kills until the number is reached, or until little is left to do. */
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

  /** All kills by phase. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#kills.map((kills) => [kills.phase, total(kills)]));
  }

  /** The kills as text. */
  lines(): string[] {
    const all = this.#kills.reduce((sum, kills) => sum + total(kills), 0);
    const lines = this.#kills.map((kills) => {
      const { phase, before, after } = kills;
      const sides = withoutCall.includes(phase) ? '' : `${before} before the call, ${after} after`;
      return `    ${phase.padEnd(36)}${String(total(kills)).padEnd(5)}${sides}`.trimEnd();
    });
    return [`  kills             ${all}, each in an invocation`, ...lines];
  }

  /**
   * A phase that was not reached has to wait for its turn. A lane without any leaves jobs behind, while
   * another waits for one.
   */
  #next(): Kills | undefined {
    const open = this.#kills.filter(
      (kills) => total(kills) < this.#each && !this.#underWay.has(kills),
    );
    const rank = (kills: Kills) => total(kills) + kills.missed;
    const [next] = open.toSorted((one, other) => rank(one) - rank(other));
    if (next !== undefined || !this.#isUnderWay(foundAgain)) return next;
    return this.#kills.find(({ phase }) => phase === leftBehind && !this.#isUnderWay(phase));
  }

  #isUnderWay(phase: Phase): boolean {
    return [...this.#underWay].some((kills) => kills.phase === phase);
  }

  async #kill(kills: Kills): Promise<void> {
    const { phase, before, after } = kills;
    const side = withoutCall.includes(phase) || before > after ? 'after' : 'before';
    const when = phase === 'settled, not yet returned' ? 'answered' : side;
    const isKilled = await this.#injector.kill(phase, when);
    kills[side] += isKilled ? 1 : 0;
    kills.missed = isKilled ? 0 : kills.missed + 1;
  }
}
