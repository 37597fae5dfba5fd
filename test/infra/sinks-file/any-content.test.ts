import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { sink, top } from '../../../infra/sinks-file/schema.ts';
import { read } from '../given.ts';

const sinkKeys = [
  ...Object.keys(sink.shape),
  ...Object.keys(top.shape),
  'kind',
  'shared',
  'sinks',
  'uri',
];
const { tree } = fc.letrec<{ tree: unknown; map: unknown }>((tie) => ({
  map: fc.dictionary(fc.oneof(fc.constantFrom(...sinkKeys), fc.string()), tie('tree'), {
    maxKeys: 6,
  }),
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('msk', 'self-managed', 'iam', 'kafka://x', 'contacts', -1, 0, 1, true, null),
    fc.string(),
    fc.array(tie('tree'), { maxLength: 3 }),
    tie('map'),
  ),
}));

test('whatever a file contains, it is a stage or has problems that say where', () => {
  const part = fc.record(
    { shared: tree, sinks: fc.dictionary(fc.string(), tree) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(part, tree), (content) => {
      const { stage, problems } = read(stringify(content));
      expect(stage === null).toBe(problems.length > 0);
      for (const problem of problems) expect(problem).toMatch(/^line \d+: \S/);
    }),
    { numRuns: 500 },
  );
});
