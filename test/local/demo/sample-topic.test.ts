import { expect, test } from 'vitest';
import { sampleTopic } from '../../../local/demo/sample-topic.ts';

test('the sample is the same every time', () => {
  expect(sampleTopic(2400)).toEqual(sampleTopic(2400));
});

test('every partition counts its offsets from 0 without a gap', () => {
  const { records, partitions } = sampleTopic(2400);

  for (let partition = 0; partition < partitions; partition += 1) {
    const offsets = records.filter((one) => one.partition === partition).map((one) => one.offset);
    expect(offsets.length).toBeGreaterThan(0);
    expect(offsets).toEqual(offsets.map((_, index) => index));
  }
});

test('all records but two unusable and two rejected are valid, some of them in Connect envelopes', () => {
  const { records, valid } = sampleTopic(2400);
  const values = records.map(({ value }) => value?.toString() ?? '');

  expect(records).toHaveLength(2400);
  expect(new Set(valid).size).toBe(2396);
  expect(values.filter((value) => value.startsWith('{"schema":')).length).toBe(480);
  expect(values.filter((value) => value === '')).toHaveLength(1);
});
