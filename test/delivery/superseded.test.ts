import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/csv/draft.ts';
import { overtakenIn } from '../../src/delivery/overtaken.ts';
import type { KafkaRecord } from '../../src/kafka/record.ts';
import type { NotedJob, Run } from '../../src/ledger/memory.ts';

const recordAt = (offset: number, partition = 0): KafkaRecord => ({
  ...{ topic: 't', partition, offset, timestamp: 7, key: null, value: null, headers: [] },
});

/** A row of each record, by the keys that they have. */
const draftOf = (record: KafkaRecord, key: string): Draft => ({
  ...{ records: [record], parts: [], share: '', columns: [0], cells: [key] },
});

const jobOf = (id: string, ...runs: Run[]): NotedJob => ({
  ...{ id, rows: 1, runs, firstTime: 7, lastTime: 7, at: 0 },
});

/** Whether record 0, which job `one` did not write, was overtaken. */
const judged = (keys: readonly string[], jobs: readonly NotedJob[], partitions: number[] = []) => {
  const records = keys.map((_key, offset) => recordAt(offset, partitions[offset]));
  const drafts = records.map((record, at) => draftOf(record, keys[at] ?? ''));
  const memory = new Map([
    ['t-0', { topic: 't', partition: 0, version: 1, settled: [], jobs, sparse: false }],
    ['t-1', { topic: 't', partition: 1, version: 1, settled: [], jobs, sparse: false }],
  ]);
  const keyOf = ({ cells: [key = ''] }: Draft) => (key === '' ? null : { group: key, exact: key });
  const overtaken = overtakenIn({ drafts, keyOf, event: records, memory });
  const [first] = drafts;
  const owned = records.slice(0, 1);
  if (first === undefined) throw new Error('no record');
  return overtaken(first, { id: 'one', rows: 1, carried: owned, owned });
};

describe('a record that an earlier job did not write', () => {
  it('was overtaken by a later one of its key in a later job', () => {
    expect(judged(['A', 'A'], [jobOf('one', [0, 0]), jobOf('two', [1, 1])])).toBe('surely');
  });

  it('was not overtaken by one that no later job has', () => {
    expect(judged(['A', 'A'], [jobOf('one', [0, 1])])).toBe('no');
    expect(judged(['A', 'A'], [jobOf('zero', [1, 1]), jobOf('one', [0, 0])])).toBe('no');
  });

  it('was not overtaken by one of another key or partition, or without a key', () => {
    const jobs = [jobOf('one', [0, 0]), jobOf('two', [1, 1])];
    expect(judged(['A', 'B'], jobs)).toBe('no');
    expect(judged(['', ''], jobs)).toBe('no');
    expect(judged(['A', 'A', 'B'], jobs, [0, 1, 0])).toBe('no');
  });

  it('was perhaps overtaken where a later job has records that are not at hand', () => {
    expect(judged(['A', 'B'], [jobOf('one', [0, 0]), jobOf('two', [5, 5])])).toBe('perhaps');
  });
});
