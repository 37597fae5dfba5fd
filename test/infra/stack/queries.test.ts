import { expect, test } from 'vitest';
import { queries, savedQueries } from '../../../infra/stack/queries.ts';
import { stageWith } from '../given.ts';

test('the saved queries read the logs of every sink', () => {
  const saved = Object.values(savedQueries(stageWith({}))).map(({ Properties }) => Properties);

  expect(saved.map(({ Name }) => Name)).toEqual([
    'msk-salesforce-sink/test/one flush',
    'msk-salesforce-sink/test/one record',
    'msk-salesforce-sink/test/rejected rows by code',
  ]);
  for (const { LogGroupNames } of saved)
    expect(LogGroupNames).toEqual([{ Ref: 'ContactsLogGroup' }]);
});

test('the query for one record finds its offset in a range, alone, and in an errant line', () => {
  const parse = queries['one record'].find((line) => line.startsWith('| parse')) ?? '';
  const pattern = new RegExp(/\/(.+)\//.exec(parse)?.[1] ?? '');
  const found = (line: string) => pattern.exec(line)?.groups;

  expect(found('{"offsets":["contacts-1@5","contacts-3@1000..1999"]}')).toMatchObject({
    first: '1000',
    last: '1999',
  });
  expect(found('{"record":"contacts-3@1042"}')).toMatchObject({ first: '1042', last: undefined });
  expect(found('{"offsets":["contacts-31@1000..1999"]}')).toBeUndefined();
});
