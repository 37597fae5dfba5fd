import { readFileSync } from 'node:fs';
import type { ClusterAccess } from '../kafka-consumer/cluster-access.ts';
import type { StartingPosition } from '../kafka-consumer/positions.ts';
import { UsageError } from './usage-error.ts';

/** The names in a list option, each once; `what` describes one. Throws UsageError without any. */
export function readList(
  option: string,
  given: readonly string[] | undefined,
  what: string,
): string[] {
  const list = (given ?? []).flatMap((text) => text.split(',')).map((text) => text.trim());
  const names = [...new Set(list.filter((name) => name !== ''))];
  if (names.length > 0) return names;
  throw new UsageError(
    `${option} is missing: name ${what}. With npm run, the options come after "--".`,
  );
}

/** The brokers of `--brokers`, each `host:port`. Throws UsageError. */
export function readBrokers(given: readonly string[] | undefined): string[] {
  const brokers = readList('--brokers', given, 'a broker as host:port');
  for (const broker of brokers) {
    const port = Number(/^[^\s:/]+:(\d+)$|^\[[\da-f:.]+\]:(\d+)$/i.exec(broker)?.slice(1).join(''));
    if (!(port >= 1 && port <= 65_535)) {
      throw new UsageError(`--brokers takes host:port, such as localhost:9092, not "${broker}".`);
    }
  }
  return brokers;
}

/** A consumer group id as Lambda takes it (AWS Lambda API, ConsumerGroupId). Throws UsageError. */
export function readGroup(group: string): string {
  if (/^[\w/*:+=.@-]{1,200}$/.test(group)) return group;
  throw new UsageError('--group takes 1 to 200 letters, digits and -/*:_+=.@ characters.');
}

const startingPositions: Readonly<Record<string, StartingPosition>> = {
  trim_horizon: 'TRIM_HORIZON',
  earliest: 'TRIM_HORIZON',
  latest: 'LATEST',
};

/** The starting position of `--from`, in any case. Throws UsageError. */
export function readFrom(text: string): StartingPosition {
  const from = startingPositions[text.toLowerCase()];
  if (from !== undefined) return from;
  throw new UsageError(`--from takes TRIM_HORIZON (or earliest) or LATEST, not "${text}".`);
}

/** A whole number, both bounds included. Throws UsageError. */
export function readNumber(
  option: string,
  text: string,
  [min, max]: readonly [number, number],
): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
}

/** Whether the option is `on`. Throws UsageError for anything but `on` and `off`. */
export function readSwitch(option: string, text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new UsageError(`${option} takes on or off, not "${text}".`);
}

/** The values of `--view`. */
export const views = ['auto', 'live', 'lines'] as const;

/** How a run is shown: a live view, lines, or what suits the terminal and the run. */
export type View = (typeof views)[number];

/** The view of `--view`. Throws UsageError. */
export function readView(text: string): View {
  const view = views.find((name) => name === text);
  if (view !== undefined) return view;
  throw new UsageError(`--view takes auto, live or lines, not "${text}".`);
}

/** The text of the file that an option names. Throws UsageError. */
export function readOptionFile(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${option} cannot read ${path} (${code}).`, { cause: error });
  }
}

/** What `--tls` and `--ca` say. Throws UsageError, also when the file cannot be read. */
export function readTls(tls: boolean, ca: string | undefined): ClusterAccess['tls'] {
  if (ca === undefined) return tls ? { ca: null } : null;
  if (!tls) throw new UsageError('--ca is for TLS: add --tls.');
  return { ca: readOptionFile('--ca', ca) };
}
