import { readConfig } from '../../src/config.ts';
import { realEdges } from '../../src/edges.ts';
import { createFlush, type FlushParts } from '../../src/flush.ts';
import type { Send } from '../../src/http/send.ts';
import { noLedger } from '../../src/ledger/ledger.ts';
import type { Log, LogFields } from '../../src/log.ts';
import { logOnly } from '../../src/report/reporter.ts';
import { Salesforce } from '../../src/salesforce/salesforce.ts';
import type { ReadSecret } from '../../src/salesforce/session/credentials.ts';
import { type QuickClock, quickClock } from './clock.ts';

/** One line that the sink logged. */
export interface LogLine extends LogFields {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** A log that keeps its lines, appended keys among them. */
export interface KeptLog extends Log {
  readonly lines: LogLine[];
}

/** Makes a log that keeps its lines. */
export function keptLog(): KeptLog {
  const lines: LogLine[] = [];
  let keys: LogFields = {};
  const at = (level: LogLine['level']) => (message: string, fields: LogFields) => {
    lines.push({ ...keys, ...fields, level, message });
  };
  return {
    lines,
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    appendKeys: (more) => {
      keys = { ...keys, ...more };
    },
  };
}

/** A sink over an org, without Lambda around it. */
export interface GivenSink {
  /** Resolves to null, or to the error that was thrown. */
  deliver(event: unknown, remainingMs?: number): Promise<Error | null>;
  readonly log: KeptLog;
  readonly clock: QuickClock;
}

const secretText = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });

/** What a sink is made with instead of the simplest. */
export interface GivenParts extends Partial<Pick<FlushParts, 'ledger' | 'reporter'>> {
  readonly readSecret?: ReadSecret;
  /** Wraps whatever reaches out of the sink, so that a test can end its life. */
  readonly alive?: <A extends unknown[], R>(
    act: (...given: A) => Promise<R>,
  ) => (...given: A) => Promise<R>;
  /** The longest that a silent server is really waited for; the clock jumps over the rest. */
  readonly patienceMs?: number;
}

/** Sends as `send` does, but for waiting so long: the clock passes what is left of a time-out. */
const impatiently =
  (send: Send, clock: QuickClock, patienceMs: number): Send =>
  async (request) => {
    const timeoutMs = Math.min(request.timeoutMs, patienceMs);
    const began = clock.now();
    try {
      return await send({ ...request, timeoutMs });
    } catch (error) {
      if (clock.now() - began >= timeoutMs) clock.pass(request.timeoutMs - timeoutMs);
      throw error;
    }
  };

/** Makes a sink that writes contacts to the org at `url`, with settings as in the environment. */
export function sinkTo(
  url: string,
  settings: Record<string, string> = {},
  parts: GivenParts = {},
): GivenSink {
  const { readSecret = async () => secretText, ledger = noLedger, reporter = logOnly } = parts;
  const { alive = (act) => act, patienceMs = Number.POSITIVE_INFINITY } = parts;
  const config = readConfig({
    SALESFORCE_OBJECT: 'Contact',
    SALESFORCE_URI: url,
    SALESFORCE_SECRET_ID: 'dev/salesforce',
    ...settings,
  });
  const log = keptLog();
  const clock = quickClock();
  const { send, ...edgesAsTheyAre } = realEdges();
  const edges = {
    ...edgesAsTheyAre,
    send: alive(impatiently(send, clock, patienceMs)),
    clock: { ...clock, now: clock.now, sleep: alive(clock.sleep) },
  };
  const salesforce = new Salesforce({ config, edges, log, readSecret });
  const flush = createFlush({ config, edges, log, salesforce, ledger, reporter });
  const deliver = (event: unknown, remainingMs = 840_000) =>
    flush(event, remainingMs).then(
      () => null,
      (error: unknown) => error as Error,
    );
  return { deliver, log, clock };
}
