import type { Choices } from '../choices.ts';
import {
  type FieldDescription,
  isLookupKey,
  type ObjectDescription,
} from '../object/description.ts';

/** A stored value; null: no value. */
export type FieldValue = string | number | boolean | null;

/** A record: `Id`, the fields that ever had a value, and the system fields. */
export type StoredRecord = Record<string, FieldValue>;

/** The records of an org, found by id or by any unique, external id or lookup field. */
export class RecordStore {
  readonly #choices: Choices;
  readonly #records = new Map<string, Map<string, StoredRecord>>();
  readonly #removed = new Set<string>();
  readonly #indexes = new Map<string, Map<string, Set<string>>>();

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  /** Every record of an object that is not in the recycle bin, oldest first. */
  list(object: ObjectDescription): StoredRecord[] {
    return this.all(object).filter((record) => record['IsDeleted'] !== true);
  }

  /** Every record of an object, also in the recycle bin, oldest first. */
  all(object: ObjectDescription): StoredRecord[] {
    return [...this.#table(object).values()];
  }

  /** The record with that 18-character id, deleted or not. */
  get(object: ObjectDescription, id: string): StoredRecord | undefined {
    return this.#table(object).get(id);
  }

  /** Ids of the records with this value; the field must be unique or a lookup key. */
  find(object: ObjectDescription, field: FieldDescription, value: FieldValue): string[] {
    return [...(this.#index(object, field).get(lookupValue(field, value, this.#choices)) ?? [])];
  }

  /** Writes a record; absent fields keep their values. */
  put(object: ObjectDescription, record: StoredRecord & { Id: string }): void {
    const table = this.#table(object);
    const previous = table.get(record.Id);
    if (previous) this.#unindex(object, previous);
    const merged = { ...previous, ...record };
    table.set(record.Id, merged);
    if (merged['IsDeleted'] !== true) this.#indexRecord(object, merged);
  }

  /** Removes a record permanently. */
  remove(object: ObjectDescription, id: string): void {
    const record = this.#table(object).get(id);
    if (record) this.#unindex(object, record);
    this.#table(object).delete(id);
    this.#removed.add(id);
  }

  /** Whether the record of that 18-character id was removed permanently. */
  wasRemoved(id: string): boolean {
    return this.#removed.has(id);
  }

  /** Removes everything. */
  clear(): void {
    this.#records.clear();
    this.#removed.clear();
    this.#indexes.clear();
  }

  #table(object: ObjectDescription): Map<string, StoredRecord> {
    return entry(this.#records, object.name, () => new Map<string, StoredRecord>());
  }

  #index(object: ObjectDescription, field: FieldDescription): Map<string, Set<string>> {
    const name = `${object.name}.${field.name}`;
    return entry(this.#indexes, name, () => new Map<string, Set<string>>());
  }

  #indexRecord(object: ObjectDescription, record: StoredRecord): void {
    for (const [key, index] of this.#keysOf(object, record)) {
      entry(index, key, () => new Set<string>()).add(String(record['Id']));
    }
  }

  #unindex(object: ObjectDescription, record: StoredRecord): void {
    for (const [key, index] of this.#keysOf(object, record)) {
      index.get(key)?.delete(String(record['Id']));
    }
  }

  *#keysOf(
    object: ObjectDescription,
    record: StoredRecord,
  ): Generator<[string, Map<string, Set<string>>]> {
    for (const field of object.fields) {
      const value = record[field.name] ?? null;
      if (value === null || !(field.unique || isLookupKey(field))) continue;
      yield [lookupValue(field, value, this.#choices), this.#index(object, field)];
    }
  }
}

/** A text that is the same for equal values of a unique or lookup field (`caseSensitive`). */
export function lookupValue(field: FieldDescription, value: FieldValue, choices: Choices): string {
  const text = choices['key-spaces'] === 'trimmed' ? String(value).trim() : String(value);
  return field.caseSensitive || field.type === 'id' ? text : text.toLowerCase();
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
