import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Fault, ProxiedCall, SeenCall } from '../../support/fault-proxy/fault.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy/fault-proxy.ts';
import { killProcess, openerOf } from './functions.ts';
import { Invocation, type Phase } from './phases.ts';
import type { Runner } from './runner.ts';
import { endedByKill } from './strikes.ts';

/** When a call is cut off: see `Fault`. */
type When = Fault['when'];

/** What is to be struck next, and who is told which process was. */
interface Aim {
  phase: Phase;
  when: When;
  struck: (victim: Victim | null) => void;
}

/** A function that was killed: its invocation, null while it loads, and what the runner had told. */
interface Victim {
  invocation: Invocation | null;
  redactedMessage: number;
}

/** How often the same records are struck in a row: each time they wait twice as long. */
const strikesInARow = 3;

const patienceMs = 2500;

/** Kills functions at the very call that a phase consists of, through a proxy before each service. */
export class FaultInjector {
  readonly #invocations = new Map<number, Invocation>();
  /** The phase of each call that tells one. */
  readonly #phases = new WeakMap<ProxiedCall, Phase>();
  /** How often the records of these partitions were struck since something of them was settled. */
  readonly #inARow = new Map<string, number>();
  readonly #random: () => number;
  /** The functions that have called anybody yet: they are loaded. */
  readonly #loaded = new Set<number>();
  #runner: Runner | null = null;
  #functions: readonly number[] = [];
  readonly #aims = new Set<Aim>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The URL of a proxy before a service. */
  async before(service: { readonly url: string }): Promise<string> {
    const proxy = await startFaultProxy(service.url, {
      rewriteOrigin: true,
      identify: (connection) => this.#identify(connection),
      onRequest: (call) => this.#follow(call),
    });
    onTestFinished(() => proxy.close());
    for (const when of ['before', 'after', 'answered'] as const) this.#arm(proxy, when);
    return proxy.url;
  }

  /** Begins to strike the functions of a runner, none of which has made a call yet. */
  watch(runner: Runner): void {
    this.#runner = runner;
  }

  /**
   * Kills the next function that comes to a phase, at the next call of it or the one after. False
   * when none did for a while, or when it had returned already. Phases can be struck side by side.
   */
  async strike(phase: Phase, when: When): Promise<boolean> {
    const victim = await (phase === 'loading' ? this.#strikeLoading() : this.#await(phase, when));
    if (victim === null || this.#runner === null) return false;
    // A process is started for an invocation only.
    if (victim.invocation === null) return true;
    return endedByKill(this.#runner, victim.redactedMessage, victim.invocation.ids);
  }

  async #identify({ remotePort: from = 0, localPort: to = 0 }: Socket): Promise<number | null> {
    const known = await openerOf({ from, to }, this.#functions);
    if (known !== null) return known;
    this.#functions = (await this.#runner?.functions()) ?? [];
    return openerOf({ from, to }, this.#functions);
  }

  #follow(call: SeenCall): void {
    const { client, step } = call;
    if (client === null) return;
    this.#loaded.add(client);
    if (step === 'BatchGetItem') this.#invocations.set(client, new Invocation(call));
    const invocation = this.#invocations.get(client);
    const phase = invocation?.next(call) ?? null;
    if (phase !== null) this.#phases.set(call, phase);
    if (phase === 'settling write') this.#inARow.delete(String(invocation?.ids));
  }

  #arm(proxy: FaultProxy, when: When): void {
    let strike: () => void = () => undefined;
    const match = (call: ProxiedCall): boolean => {
      const { client } = call;
      const invocation = this.#invocations.get(client ?? -1);
      const aims = [...this.#aims].filter((one) => one.when === when);
      const aim = aims.find(({ phase }) => this.#isIn(phase, call, invocation));
      if (client === null || invocation === undefined || aim === undefined) return false;
      if (this.#random() < 0.4 || !this.#mayStrike(invocation)) return false;
      this.#aims.delete(aim);
      strike = () => {
        killProcess(client);
        this.#invocations.delete(client);
        aim.struck({ invocation, redactedMessage: this.#runner?.output().length ?? 0 });
      };
      return true;
    };
    const run = () => strike();
    proxy.arm({ match, when, times: Number.POSITIVE_INFINITY, action: { kind: 'call', run } });
  }

  #isIn(phase: Phase, call: ProxiedCall, invocation: Invocation | undefined): boolean {
    const actual = this.#phases.get(call);
    if (phase !== 'settled, not yet returned') return actual === phase;
    return actual === 'settling write' && invocation?.isSettled === true;
  }

  #mayStrike(invocation: Invocation): boolean {
    const partitions = String(invocation.ids);
    const before = this.#inARow.get(partitions) ?? 0;
    if (before < strikesInARow) this.#inARow.set(partitions, before + 1);
    return before < strikesInARow;
  }

  async #await(phase: Phase, when: When): Promise<Victim | null> {
    const { promise, resolve } = Promise.withResolvers<Victim | null>();
    const aim = { phase, when, struck: resolve };
    this.#aims.add(aim);
    const patience = setTimeout(() => {
      // One that was taken already is about to strike.
      if (this.#aims.delete(aim)) resolve(null);
    }, patienceMs);
    return promise.finally(() => clearTimeout(patience));
  }

  /** A function that has not called anybody yet is still loading. */
  async #strikeLoading(): Promise<Victim | null> {
    for (const end = performance.now() + patienceMs; performance.now() < end; ) {
      const functions = (await this.#runner?.functions()) ?? [];
      const fresh = functions.find((pid) => !this.#loaded.has(pid));
      await delay(50 + this.#random() * 200);
      if (fresh !== undefined && !this.#loaded.has(fresh) && killProcess(fresh)) {
        return { invocation: null, redactedMessage: 0 };
      }
    }
    return null;
  }
}
