import type { Path } from './document.ts';
import type { Fault } from './fault.ts';
import { functionFaults } from './function-rules.ts';
import { type Issue, issuesOf } from './issues.ts';
import { faultsOf } from './rules.ts';
import { salvage } from './salvage.ts';
import { type SinkKeys, sink, sinkName } from './schema.ts';
import { fillIn, isComplete, type Place, required, type Sink } from './sink.ts';

/** The context of a sink. */
export interface Given {
  /** The valid shared keys. */
  readonly shares: SinkKeys;
  /** The shared keys as written. */
  readonly saidShared: Readonly<Record<string, unknown>>;
  readonly place: Place & { region: string };
}

/** A parsed sink; null while a required key is missing. */
export interface ReadSink {
  readonly sink: Sink | null;
  readonly issues: readonly Issue[];
}

/** Reads the entry of a sink, merged with the shared keys. */
export function readSink(name: string, entry: unknown, given: Given): ReadSink {
  const path = ['sinks', name];
  const own = salvage(sink, entry);
  const issues = [...nameIssues(name), ...issuesOf(own.error, path, entry)];
  const keys = merge(given.shares, own.data);
  if (!isComplete(keys)) {
    const said = { ...given.saidShared, ...Object(entry) };
    return { sink: null, issues: [...issues, ...missing(path, keys, said)] };
  }
  const full = fillIn(name, keys, given.place);
  const faults = [...faultsOf(full, given.place), ...functionFaults(full)];
  const placed = faults.map((fault) => ({
    path: origin(path, fault, { own: own.data, shares: given.shares }),
    says: fault.says,
  }));
  return { sink: full, issues: [...issues, ...placed] };
}

/** A sink's key replaces the shared one; only settings and variables are merged. */
function merge(shares: SinkKeys, own: SinkKeys): SinkKeys {
  return {
    ...shares,
    ...own,
    settings: { ...shares.settings, ...own.settings },
    environment: { ...shares.environment, ...own.environment },
  };
}

function nameIssues(name: string): Issue[] {
  if (sinkName.test(name)) return [];
  const says = 'needs a name of lower-case letters, digits and hyphens';
  return [{ path: ['sinks', name], says }];
}

/** An invalid value is not reported as missing too. */
function missing(path: Path, keys: SinkKeys, said: object): Issue[] {
  return required
    .filter((key) => keys[key] === undefined && !Object.hasOwn(said, key))
    .map((key) => ({ path: [...path, key], says: 'is missing; set it here or under shared' }));
}

/** The path of the faulty key: under `shared` if it is only set there. */
function origin(
  path: Path,
  { key }: Fault,
  { own, shares }: Record<'own' | 'shares', SinkKeys>,
): Path {
  const [first = '', ...rest] = key.split('.');
  if (first === 'name') return path;
  const said = (keys: SinkKeys) =>
    first === 'settings' || first === 'environment'
      ? Object.hasOwn(keys[first] ?? {}, rest[0] ?? '')
      : Object.hasOwn(keys, first);
  return [...(said(shares) && !said(own) ? ['shared'] : path), first, ...rest];
}
