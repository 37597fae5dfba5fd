import { behindSeconds, daySeconds, hourSeconds } from '../limits.ts';
import type { Load } from '../load.ts';
import { arrivals } from './arrivals.ts';
import type { Ended } from './deliveries.ts';
import { Sink } from './flush.ts';
import { ledgerUse } from './ledger-use.ts';
import { Mapping } from './mapping.ts';
import { type Allocation, Org } from './org.ts';
import { seeded } from './random.ts';
import { Topic } from './topic.ts';

/** An hour of the day; counts are those of the hour, levels those at its end. */
export interface Hour {
  arrived: number;
  written: number;
  /** Deliveries that succeeded, each with a job, and those that failed. */
  flushes: number;
  failed: number;
  calls: number;
  polls: number;
  /** Items that the ledger reads, and what it writes, in puts of one item. */
  ledgerReads: number;
  ledgerPuts: number;
  /** Seconds that the function ran. */
  seconds: number;
  /** Bulk batches. */
  batches: number;
  /** Records that are not committed. */
  lag: number;
  /** Age of the oldest one in seconds, at most in the hour. */
  age: number;
  /** Pollers, at most in the hour. */
  pollers: number;
}

/** What stops the sink from keeping up. */
export type Limit = Allocation | 'time' | 'partition' | 'partitions' | 'pollers' | 'org';

/** The first time of the day at which a limit was met. */
export interface Break {
  readonly limit: Limit;
  /** Seconds since midnight. */
  readonly at: number;
}

/** A simulated day. */
export interface Day {
  readonly load: Load;
  readonly hours: readonly Hour[];
  readonly breaks: readonly Break[];
  /** Ages in seconds of the oldest record that is not in Salesforce, over the day; ascending. */
  readonly ages: readonly number[];
}

const nothing: Hour = {
  arrived: 0,
  written: 0,
  flushes: 0,
  failed: 0,
  calls: 0,
  polls: 0,
  seconds: 0,
  ledgerReads: 0,
  ledgerPuts: 0,
  batches: 0,
  lag: 0,
  age: 0,
  pollers: 0,
};

/** Plays a day, second by second. The same load and seed give the same day. */
export function simulateDay(load: Load): Day {
  const random = seeded(load.seed);
  const topic = new Topic(load, arrivals(load, random));
  const org = new Org(load, random);
  const mapping = new Mapping(load, topic, new Sink(load, org, random));
  const parts = { load, topic, org, mapping };
  const hours: Hour[] = [];
  const breaks: Break[] = [];
  const ages: number[] = [];
  for (let at = 0; at < 24; at++) hours.push(playHour(parts, at * hourSeconds, { breaks, ages }));
  return { load, hours, breaks, ages: ages.toSorted((one, other) => one - other) };
}

interface Parts {
  readonly load: Load;
  readonly topic: Topic;
  readonly org: Org;
  readonly mapping: Mapping;
}

interface Seen {
  readonly breaks: Break[];
  readonly ages: number[];
}

function playHour(parts: Parts, from: number, seen: Seen): Hour {
  const { topic, org, mapping } = parts;
  const before = { ...org.used, arrived: from === 0 ? 0 : topic.arrived(from - 1) };
  const hour = { ...nothing };
  const last = Math.min(from + hourSeconds, daySeconds) - 1;
  for (let now = from; now <= last; now++) {
    if (now % ageSeconds === 0) sample(parts, hour, { seen, now });
    for (const ended of mapping.play(now)) count(hour, ended, seen);
  }
  hour.arrived = topic.arrived(last) - before.arrived;
  hour.calls = org.used.calls - before.calls;
  hour.batches = org.used.batches - before.batches;
  hour.lag = topic.lags(last).reduce((sum, lag) => sum + lag, 0);
  return hour;
}

/** How often the age of the oldest record is read, in seconds. */
const ageSeconds = 15;

function sample(parts: Parts, hour: Hour, { seen, now }: { seen: Seen; now: number }): void {
  const age = parts.topic.oldestAge(now);
  hour.age = Math.max(hour.age, age);
  hour.pollers = Math.max(hour.pollers, parts.mapping.scaling.count);
  seen.ages.push(age);
  if (age > behindSeconds && seen.breaks.length === 0) {
    seen.breaks.push({ limit: bottleneck(parts, now), at: now });
  }
}

function count(hour: Hour, { batch, now }: Ended, seen: Seen): void {
  const { flush, parts, records } = batch;
  hour.seconds += flush.took;
  hour.polls += flush.polls;
  const { reads, puts } = ledgerUse(flush, parts.length);
  hour.ledgerReads += reads;
  hour.ledgerPuts += puts;
  if (flush.failure === null) {
    hour.flushes += 1;
    hour.written += records;
    return;
  }
  hour.failed += 1;
  const limit = flush.failure;
  if (!seen.breaks.some((one) => one.limit === limit)) seen.breaks.push({ limit, at: now });
}

/** What a sink that is behind lacks: see `Limit`. */
function bottleneck({ load, topic, org, mapping }: Parts, now: number): Limit {
  if (org.isBusy(now)) return 'org';
  const lags = topic.lags(now);
  const lag = lags.reduce((sum, one) => sum + one, 0);
  const busiest = lags[0] as number;
  if (load.partitions > 1 && load.skew !== null && busiest > lag / 2) return 'partition';
  const { count, invocations } = mapping.scaling;
  return count * invocations < load.partitions ? 'pollers' : 'partitions';
}
