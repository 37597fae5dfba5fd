import type { MappingEvent } from '../../event-source-mapping/mapping-event.ts';
import type { Shown } from '../../terminal/display.ts';
import type { LogLine } from '../../terminal/function-log.ts';

/** A job that the function follows. */
export interface LiveJob {
  readonly id: string;
  readonly rows: number;
  readonly processed: number;
  /** As Salesforce names it. */
  readonly state: string;
  /** When it was submitted or found again; times are in milliseconds. */
  readonly since: number;
  /** When the function polls it next; null: unknown. */
  readonly nextPollAt: number | null;
}

/** What the live view of a run shows. */
export interface LiveState {
  readonly startedAt: number;
  /** Commits of the last minutes. */
  readonly commits: readonly { readonly at: number; readonly records: number }[];
  readonly committed: number;
  readonly flushes: number;
  readonly failures: number;
  /** Batches in flight: the records of each. */
  readonly inFlight: ReadonlyMap<number, number>;
  /** Jobs by the invocation that follows them. */
  readonly jobs: ReadonlyMap<string, LiveJob>;
  readonly errants: ReadonlyMap<string, number>;
  /** The last lines, the newest last. */
  readonly recent: readonly Shown[];
}

/** How long a commit counts, in milliseconds. */
export const rememberedMs = 120_000;

/** Lines that are kept, more than a terminal has. */
const recentLines = 200;

/** The state of a run that starts. */
export function startOf(now: number): LiveState {
  const none = { commits: [], recent: [], inFlight: new Map(), jobs: new Map() };
  return { startedAt: now, ...none, committed: 0, flushes: 0, failures: 0, errants: new Map() };
}

/** The state after an event of the mapping. */
export function afterEvent(state: LiveState, event: MappingEvent, now: number): LiveState {
  switch (event.kind) {
    case 'flush-started': {
      const { batch, records } = event.flush;
      return { ...state, inFlight: new Map(state.inFlight).set(batch, records) };
    }
    case 'flush-failed':
      return {
        ...state,
        failures: state.failures + 1,
        // A killed function logs no end of its flush.
        jobs: without(state.jobs, event.outcome.requestId),
      };
    case 'batch-revoked':
      return { ...state, inFlight: without(state.inFlight, event.batch) };
    case 'committed':
      return afterCommit(state, event.batch, now);
    default:
      return state;
  }
}

function afterCommit(state: LiveState, batch: number, now: number): LiveState {
  const records = state.inFlight.get(batch) ?? 0;
  const commits = state.commits.filter(({ at }) => now - at < rememberedMs);
  return {
    ...state,
    commits: [...commits, { at: now, records }],
    committed: state.committed + records,
    flushes: state.flushes + 1,
    inFlight: without(state.inFlight, batch),
  };
}

/** The state after a line of the function's log. */
export function afterLog(state: LiveState, { message, fields }: LogLine, now: number): LiveState {
  const invocation = String(fields['function_request_id'] ?? '');
  const number = (name: string) => Number(fields[name] ?? 0);
  const known = state.jobs.get(invocation);
  const withJob = (job: Partial<LiveJob>) => {
    const none = { rows: 0, processed: 0, state: '', since: now, nextPollAt: null };
    const id = String(fields['job_id'] ?? '');
    // The invocation before it may have been killed without a word.
    const others = [...state.jobs].filter(([, other]) => other.id !== id);
    return { ...state, jobs: new Map(others).set(invocation, { ...none, ...job, id }) };
  };
  switch (message) {
    case 'job submitted':
      return withJob({ rows: number('rows'), state: 'UploadComplete' });
    case 'job found again':
      return withJob({ state: String(fields['state'] ?? '') });
    case 'job running': {
      const polled = { state: String(fields['state'] ?? ''), processed: number('processed') };
      return withJob({ ...known, ...polled, nextPollAt: now + number('next_wait_ms') });
    }
    case 'flush written':
    case 'flush failed':
      return { ...state, jobs: without(state.jobs, invocation) };
    case 'errant record': {
      const code = String(fields['error_code'] ?? fields['code'] ?? '');
      const count = (state.errants.get(code) ?? 0) + 1;
      return { ...state, errants: new Map(state.errants).set(code, count) };
    }
    default:
      return state;
  }
}

/** The state after lines were shown. */
export function afterLines(state: LiveState, lines: readonly Shown[]): LiveState {
  return { ...state, recent: [...state.recent, ...lines].slice(-recentLines) };
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Map<Key, Value> {
  return new Map([...map].filter(([one]) => one !== key));
}
