import { readConfig } from '../../src/config/config.ts';
import { createDecodeFromConfig } from '../../src/decode/create-from-config.ts';
import type { Decode } from '../../src/decode/decode.ts';
import { logOnly } from '../../src/errant/reporter.ts';
import type { FlushParts } from '../../src/flush.ts';
import { createInvoke } from '../../src/invocation/invoke.ts';
import type { FlushCounts } from '../../src/invocation/metrics.ts';
import { noLedger } from '../../src/ledger/ledger.ts';
import { loadTransform, type Transform } from '../../src/mapping/transform.ts';
import { withTransform } from '../../src/mapping/transform-records.ts';
import type { Log, LogFields } from '../../src/runtime/log.ts';
import { type Runtime, systemRuntime } from '../../src/runtime/runtime.ts';
import { Salesforce } from '../../src/salesforce/salesforce.ts';
import { credentialsFrom, type ReadSecret } from '../../src/salesforce/session/credentials.ts';
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
  /** What each flush counted. */
  readonly counts: readonly FlushCounts[];
}

const secretText = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });

/** What a sink is made with instead of the simplest. */
export interface GivenParts extends Partial<Pick<FlushParts, 'ledger' | 'reporter'>> {
  readonly readSecret?: ReadSecret;
  /** Stands before the network and the waits. */
  readonly guard?: (runtime: Pick<Runtime, 'send'> & { clock: QuickClock }) => Partial<Runtime>;
}

/** Makes a sink that writes contacts to the org at `url`, with settings as in the environment. */
export function sinkTo(
  url: string,
  settings: Record<string, string> = {},
  parts: GivenParts = {},
): GivenSink {
  const { readSecret = async () => secretText, ledger = noLedger, reporter = logOnly } = parts;
  const config = readConfig({
    SALESFORCE_OBJECT: 'Contact',
    SALESFORCE_URI: url,
    SALESFORCE_SECRET_ID: 'dev/salesforce',
    ...settings,
  });
  const log = keptLog();
  const clock = quickClock();
  const open = { ...systemRuntime(), clock };
  const runtime = { ...open, ...parts.guard?.(open) };
  const salesforce = new Salesforce({ config, runtime, log, readSecret });
  const readCredentials = credentialsFrom(config.secretId, readSecret);
  const decodeRecords = createDecodeFromConfig(config, runtime, async (deadline, fresh) => {
    const { schemaRegistry } = await readCredentials(deadline, fresh);
    return schemaRegistry;
  });
  let transform: Promise<Transform> | null = null;
  const decode: Decode = async (records, deadline) => {
    if (config.transform === null) return decodeRecords(records, deadline);
    transform ??= loadTransform(config.transform);
    return withTransform(decodeRecords, await transform, config)(records, deadline);
  };
  const counts: FlushCounts[] = [];
  const meter = (counted: FlushCounts) => void counts.push(counted);
  const invoke = createInvoke({
    config,
    runtime,
    log,
    decode,
    salesforce,
    ledger,
    reporter,
    meter,
  });
  const deliver = (event: unknown, remainingMs = 840_000) =>
    invoke(event, remainingMs).then(
      (counted) => {
        // Those of a dry run are no metrics.
        if (counts.at(-1) !== counted) counts.push(counted);
        return null;
      },
      (error: unknown) => error as Error,
    );
  return { deliver, log, clock, counts };
}
