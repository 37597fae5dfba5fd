import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Fault, ProxiedCall, SeenCall } from '../../support/fault-proxy/fault.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy/fault-proxy.ts';
import { killProcess, openerOf } from './functions.ts';
import { endedByKill } from './kills.ts';
import { Invocation, type Phase } from './phases.ts';
import type { Runner } from './runner.ts';

/** When a call is interrupted: see `Fault`. */
type When = Fault['when'];

/** The next kill, and a callback for its process. */
interface Aim {
  phase: Phase;
  when: When;
  onKilled: (victim: Victim | null) => void;
}

/**
 * A killed function: its invocation, null while it loads, and the length of the output at that
 * time.
 */
interface Victim {
  invocation: Invocation | null;
  outputLength: number;
}

/** Maximum kills of the same records in a row, since their back-off doubles each time. */
const killsInARow = 3;

const patienceMs = 2500;

/** Kills functions at the calls of a phase, through a proxy before each service. */
export class FaultInjector {
  readonly #invocations = new Map<number, Invocation>();
  /** The phase of each call that has one. */
  readonly #phases = new WeakMap<ProxiedCall, Phase>();
  /** Kills of the records of these partitions since some of them were settled. */
  readonly #inARow = new Map<string, number>();
  readonly #random: () => number;
  /** The functions that have made a call, and so are loaded. */
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

  /** Starts to watch a runner whose functions have not made a call yet. */
  watch(runner: Runner): void {
    this.#runner = runner;
  }

  /**
   * Kills the next function that reaches a phase, at its first or second call. False when none did
   * for a while, or when it had already returned. Several phases can be pending.
   */
  async kill(phase: Phase, when: When): Promise<boolean> {
    const victim = await (phase === 'function starting'
      ? this.#strikeLoading()
      : this.#await(phase, when));
    if (victim === null || this.#runner === null) return false;
    // A process is only started for an invocation.
    if (victim.invocation === null) return true;
    return endedByKill(this.#runner, victim.outputLength, victim.invocation.ids);
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
    let killNow: () => void = () => undefined;
    const match = (call: ProxiedCall): boolean => {
      const { client } = call;
      const invocation = this.#invocations.get(client ?? -1);
      const aims = [...this.#aims].filter((one) => one.when === when);
      const aim = aims.find(({ phase }) => this.#isIn(phase, call, invocation));
      if (client === null || invocation === undefined || aim === undefined) return false;
      if (this.#random() < 0.4 || !this.#mayStrike(invocation)) return false;
      this.#aims.delete(aim);
      killNow = () => {
        killProcess(client);
        this.#invocations.delete(client);
        aim.onKilled({ invocation, outputLength: this.#runner?.output().length ?? 0 });
      };
      return true;
    };
    const run = () => killNow();
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
    if (before < killsInARow) this.#inARow.set(partitions, before + 1);
    return before < killsInARow;
  }

  async #await(phase: Phase, when: When): Promise<Victim | null> {
    const { promise, resolve } = Promise.withResolvers<Victim | null>();
    const aim = { phase, when, onKilled: resolve };
    this.#aims.add(aim);
    const patience = setTimeout(() => {
      // A kill that was taken is about to happen.
      if (this.#aims.delete(aim)) resolve(null);
    }, patienceMs);
    return promise.finally(() => clearTimeout(patience));
  }

  /** A function without a call is still loading. */
  async #strikeLoading(): Promise<Victim | null> {
    for (const end = performance.now() + patienceMs; performance.now() < end; ) {
      const functions = (await this.#runner?.functions()) ?? [];
      const fresh = functions.find((pid) => !this.#loaded.has(pid));
      await delay(50 + this.#random() * 200);
      if (fresh !== undefined && !this.#loaded.has(fresh) && killProcess(fresh)) {
        return { invocation: null, outputLength: 0 };
      }
    }
    return null;
  }
}
