import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './fault/fault.ts';
import { makeServer } from './http/server.ts';
import { type JobView, viewJob } from './job/job-view.ts';
import type { Pace } from './job/pace.ts';
import type { ObjectDescription } from './object/description.ts';
import type { AccessChanges } from './org/access.ts';
import { changeAccess, changeUsage, describeObject, type UsageChanges } from './org/administer.ts';
import type { AppChanges } from './org/app.ts';
import { addAssignmentRule } from './org/assignment-rule.ts';
import { emptyOrg, makeOrg, type Org, type OrgOptions } from './org/org.ts';
import type { AssignmentRule } from './org/org-state.ts';
import type { RequestView } from './org/request-log.ts';
import type { FieldValue, StoredRecord } from './record/record-store.ts';
import { seedRecord } from './record/seed.ts';

/** Options of the emulator; each has a default. */
export interface EmulatorOptions extends OrgOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
}

/** A running emulator. */
export interface Emulator {
  /** Base URL without a trailing slash, in place of that of My Domain. */
  readonly url: string;
  /**
   * The records of an object, oldest first.
   * @throws Error for an object that the org does not have.
   */
  records(object: string): StoredRecord[];
  /**
   * Adds a record without a job, by the rules of an insert.
   * @returns its id
   * @throws Error with the text of `sf__Error`.
   */
  seed(object: string, values: Readonly<Record<string, FieldValue>>): string;
  /** Adds or changes a connected app, such as its secret; sessions stay valid. */
  app(changes: AppChanges): void;
  /**
   * Adds or changes an object, from a describe result.
   * @throws Error naming the invalid property.
   */
  describe(source: unknown): void;
  /**
   * Changes what the user that the apps run as may see, write and delete.
   * @throws Error for an unknown field, or one that every user can write.
   */
  permit(changes: AccessChanges): void;
  /** Sets the used daily allocations, as if by other clients of the org. */
  use(changes: UsageChanges): void;
  /**
   * Adds an assignment rule that gives every lead or case to one owner.
   * @returns its id
   * @throws Error when the owner is not an id.
   */
  assign(rule: AssignmentRule): string;
  /** All jobs, oldest first. */
  jobs(): JobView[];
  /** The calls received, oldest first, without those of the control plane. */
  requests(): readonly RequestView[];
  /**
   * Arms a fault.
   * @throws Error when the fault is invalid.
   */
  fault(fault: Fault): void;
  /** Changes how long the org takes. */
  configure(pace: Partial<Pace>): void;
  /** Ends all sessions: the next call of every client gets a 401. */
  expireTokens(): void;
  /** Restores a new org; tokens stay valid. */
  reset(): void;
  /** Stops serving and processing. */
  close(): Promise<void>;
}

/**
 * Starts a Salesforce org on this machine.
 * @throws Error when the port is in use, or an option is invalid.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const org = makeOrg(options);
  const server = makeServer(org);
  const url = await listen(server, options);
  return {
    url,
    records: (name) => org.records.list(findObject(org, name)),
    seed: (name, values) => seedRecord(findObject(org, name), values, org),
    app: (changes) => {
      org.apps.put(changes);
    },
    describe: (source) => {
      describeObject(source, org);
    },
    permit: (changes) => {
      changeAccess(changes, org);
    },
    use: (changes) => {
      changeUsage(changes, org);
    },
    assign: (rule) => addAssignmentRule(rule, org),
    jobs: () => org.jobs.list().map((job) => viewJob(job, org.choices)),
    requests: () => org.requests.list(),
    fault: (fault) => org.faults.arm(fault),
    configure: (pace) => {
      org.pace = { ...org.pace, ...pace };
    },
    expireTokens: () => org.sessions.expireAll(),
    reset: () => emptyOrg(org),
    close: () => {
      org.runner.clear();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function listen(server: Server, options: EmulatorOptions): Promise<string> {
  const { port = 0, host = '127.0.0.1' } = options;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

function findObject(org: Org, name: string): ObjectDescription {
  const object = org.objects.find(name);
  if (!object) throw new Error(`There is no object named ${name}`);
  return object;
}
