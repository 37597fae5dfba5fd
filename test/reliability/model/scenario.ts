import type { Fault, FieldValue } from 'salesforce-bulk-emulator';
import type { ServiceName } from '../../support/services.ts';
import type { BehaviourName } from './behaviours.ts';

/** What a sink does with its rows. */
export type Operation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';

/** The promise of a sink (docs/RELIABILITY.md). */
export type Promised = 'job ledger' | 'record id' | 'at least once';

/** A sink: its promise and its settings. */
export interface GivenSetup {
  readonly operation: Operation;
  readonly promised: Promised;
  readonly settings: Readonly<Record<string, string>>;
  /** What says which row a record means; null: each record is a row. */
  readonly keyField: 'Id' | 'ExternalId__c' | 'Number__c' | 'Code__c' | null;
  readonly tolerance: 'none' | 'all';
  readonly nulls: 'clear' | 'empty';
  readonly unknownFields: 'errant' | 'drop' | 'send';
  readonly tombstones: 'errant' | 'skip' | 'delete';
}

/** A value that a record gives a field, as it is sent and as it is meant. */
export interface GivenValue {
  /** The name in the record, and JSON text. `‹…›` is an id that only the org knows. */
  readonly name: string;
  readonly json: string;
  readonly field: string;
  /** What the org holds then; null: cleared; undefined: the record says nothing about the field. */
  readonly means: FieldValue | undefined;
  /** How Kafka Connect writes it with a schema; null: it cannot. */
  readonly connect: { readonly schema: object; readonly json: string } | null;
}

/** What a record is, and so what may become of it. */
export type Kind =
  | 'good'
  | 'broken'
  | 'unknown field'
  | 'invalid'
  | 'refused'
  | 'locked'
  | 'no key'
  | 'tombstone'
  /** It deletes its row, in a sink that also writes. */
  | 'delete';

/** A row error that the org gives, and how often; null: always. */
export interface Trouble {
  readonly rowError: string;
  readonly times: number | null;
  readonly column: string;
  readonly text: string;
}

/** A record of the topic. */
export interface GivenRecord {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly kind: Kind;
  /** The row that it means, whatever its spelling; null: none, or one of its own. */
  readonly row: string | null;
  readonly key: string | null;
  /** The value as text; null: a tombstone. */
  readonly text: string | null;
  readonly values: readonly GivenValue[];
  readonly trouble: Trouble | null;
}

/** A row that the org has before the first delivery. */
export interface ExistingRow {
  readonly row: string;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** What becomes of a container in the middle of a delivery. */
export type Chaos =
  | { readonly kind: 'none' }
  /** Killed before or after its call of this number. */
  | { readonly kind: 'kill'; readonly at: number; readonly when: 'before' | 'after' }
  /** Pauses before that call, until the next container has made this number: a zombie. */
  | { readonly kind: 'pause'; readonly at: number; readonly until: number };

/** A fault of the steps of one delivery, by its name in `stepFaults`. */
export interface GivenStepFault {
  readonly service: ServiceName;
  readonly call: string;
  readonly skip: number;
  readonly fault: string;
}

/** One delivery: which records, and what goes wrong. */
export interface Delivery {
  /** Most records of each partition, from the committed offset on. */
  readonly takes: readonly number[];
  readonly isWarm: boolean;
  readonly chaos: Chaos;
  readonly orgFaults: readonly Fault[];
  readonly stepFault: GivenStepFault | null;
  /** Whether `Level__c` is hidden from the run-as user meanwhile. */
  readonly hides: boolean;
  /** The function returns, and Lambda cannot commit. */
  readonly losesCommit: boolean;
}

/** All that a seed draws. */
export interface Scenario extends GivenSetup {
  readonly seed: number;
  /** In every text that is a value, and in nothing else. */
  readonly marker: string;
  readonly records: readonly GivenRecord[];
  readonly existing: readonly ExistingRow[];
  readonly behaviours: readonly BehaviourName[];
  /** What the org takes from `UploadComplete` to `InProgress`. */
  readonly queueMs: number;
  /** What Lambda says is left at the beginning of a delivery. */
  readonly remainingMs: number;
  readonly deliveries: readonly Delivery[];
  /** How the rest is cut once all faults are lifted: most records of each partition. */
  readonly lastTake: number;
}
