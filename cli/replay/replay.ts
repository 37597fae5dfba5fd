import { recordId } from '../../src/kafka/record.ts';
import { choose } from './choice.ts';
import { type Chosen, type Replay, replaysOf } from './events.ts';
import type { Handle, Received } from './message.ts';
import type { Failing, Outdated, ReplayPorts } from './ports.ts';
import { Kept, noCounts, type Progress, type ReplayOrder, uncompared } from './progress.ts';
import { SentRecords } from './sent.ts';

/**
 * Sends the records of an errant queue through the sink, and leaves the other messages unchanged. In a dry
 * run the sink says which records it would leave, and nothing is changed.
 */
export class ErrantReplay {
  readonly #ports: ReplayPorts;
  readonly #order: ReplayOrder;
  /** The messages that are hidden now, by id. */
  readonly #held = new Map<string, Handle>();
  readonly #sent = new SentRecords();
  /** The code of each record, for what a dry run says. */
  readonly #codes = new Map<string, string>();
  readonly #kept = new Kept();
  readonly #lists = { outdated: [] as Outdated[], failing: [] as Failing[] };
  readonly #counts = { ...noCounts };
  /** Messages received again since the last new one: while a long queue is read, their time runs out. */
  #again = 0;

  constructor(ports: ReplayPorts, order: ReplayOrder) {
    this.#ports = ports;
    this.#order = order;
  }

  get progress(): Progress {
    return { ...this.#counts, ...this.#lists, kept: this.#kept.counts };
  }

  /**
   * Replays until the queue is empty or the run is stopped. A message is deleted only after the
   * sink has finished its record; every other received message becomes visible again, also when an
   * invocation fails, which ends the run. `onProgress` is called after every invocation. Throws
   * what the ports throw.
   */
  async run(onProgress: (progress: Progress) => void): Promise<void> {
    const failures: unknown[] = [];
    await this.#replayAll(onProgress).catch((error: unknown) => failures.push(error));
    const held = [...this.#held.values()];
    await this.#ports.giveBack(held).catch((error: unknown) => failures.push(error));
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, failures.map(String).join('; '));
  }

  async #replayAll(onProgress: (progress: Progress) => void): Promise<void> {
    const { stopped } = this.#order;
    while (!stopped()) {
      const chosen = await this.#gather();
      if (chosen.length === 0) return;
      for (const [index, replay] of replaysOf(chosen, this.#order).entries()) {
        if (stopped()) return;
        if (index > 0) await this.#ports.hold(this.#latest([...replay.messages.values()].flat()));
        await this.#end(replay);
        onProgress(this.progress);
      }
    }
  }

  /** Receives the records of one invocation; fewer, or none, at the end of the queue. */
  async #gather(): Promise<Chosen[]> {
    const chosen: Chosen[] = [];
    while (chosen.length < this.#order.maxRecords && !this.#order.stopped()) {
      const messages = await this.#receive();
      if (messages === null) break;
      const fit = messages.flatMap((message) => this.#fit(message));
      const copies = fit.filter((one) => this.#sent.isEnded(one));
      await this.#remove(copies.map(({ message }) => message));
      chosen.push(...fit.filter((one) => !copies.includes(one)));
    }
    return chosen;
  }

  /** Receives messages, and returns those that this run does not hold yet; null at the end of the queue. */
  async #receive(): Promise<Received[] | null> {
    const messages = await this.#ports.receive();
    const unseen = messages.filter(({ id }) => !this.#held.has(id));
    for (const { id, handle } of messages) this.#held.set(id, { id, handle });
    this.#counts.received += unseen.length;
    this.#again = unseen.length > 0 ? 0 : this.#again + messages.length;
    return messages.length === 0 || this.#again > this.#held.size ? null : unseen;
  }

  /** The record of a message to replay or remove; nothing when the message stays. */
  #fit({ body, ...message }: Received): Chosen[] {
    const reading = choose(body, this.#order, (waiting) => this.#sent.isBack(waiting));
    if ('unfit' in reading) {
      this.#kept.add(reading.unfit);
      return [];
    }
    const { waiting } = reading;
    this.#codes.set(recordId(waiting.record), waiting.codes.at(-1) ?? '');
    return [{ ...waiting, message }];
  }

  #end(replay: Replay): Promise<void> {
    return this.#order.dryRun ? this.#compare(replay) : this.#settle(replay);
  }

  async #settle(replay: Replay): Promise<void> {
    const { event, records } = replay;
    this.#sent.add(event);
    this.#counts.replayed += records;
    this.#counts.unanswered = records;
    const { written, errant, skipped, outdated } = await this.#ports.invoke(event);
    this.#counts.unanswered = 0;
    this.#lists.outdated.push(...outdated);
    this.#counts.written += written;
    this.#counts.errant += errant;
    this.#counts.skipped += skipped;
    // Those of records that were left out become visible at the end of the run.
    await this.#remove(this.#sent.end(replay, outdated));
  }

  async #remove(messages: readonly Handle[]): Promise<void> {
    if (messages.length === 0) return;
    this.#counts.undeleted = messages.length;
    await this.#ports.remove(this.#latest(messages));
    this.#counts.undeleted = 0;
    for (const { id } of messages) this.#held.delete(id);
  }

  /** SQS may not delete a message that was received again by an older receipt handle. */
  #latest(messages: readonly Handle[]): Handle[] {
    return messages.map((message) => this.#held.get(message.id) ?? message);
  }

  /** Counts what a replay would do, row by row unless it would send every record. */
  async #compare({ event, records, messages }: Replay): Promise<void> {
    const compared = this.#order.force ? uncompared : await this.#ports.invoke(event);
    const { outdated, failing = [] } = compared;
    const left = new Set(outdated.map(recordId));
    const codes = new Map(failing.map((record) => [recordId(record), record.code]));
    const endOf = (id: string): string => {
      if (left.has(id)) return `would stay, older than their row: ${this.#codes.get(id)}`;
      if (codes.has(id)) return `would fail again: ${codes.get(id)}`;
      return `would be replayed: ${this.#codes.get(id)}`;
    };
    for (const [id, those] of messages) this.#kept.add(endOf(id), those.length);
    this.#lists.outdated.push(...outdated);
    this.#lists.failing.push(...failing);
    this.#counts.fit += records - outdated.length;
    this.#counts.errant += failing.length;
  }
}
