import { expect, it } from 'vitest';
import { jobInfoOf } from '../../../src/salesforce/job/job-info.ts';

const reply = (time: unknown, date: string | undefined) => ({
  status: 200,
  headers: { date },
  body: JSON.stringify({
    ...{ id: '750000000000001', state: 'JobComplete' },
    ...{ systemModstamp: time, createdDate: time },
  }),
});

it.each<[string, unknown, string | undefined, number | null]>([
  ['its time', '2026-02-28T10:00:03.000+0000', 'Sat, 28 Feb 2026 10:00:05 GMT', 2000],
  ['a time that is not over', '2026-02-28T10:00:06.000+0000', 'Sat, 28 Feb 2026 10:00:05 GMT', 0],
  ['no time', undefined, 'Sat, 28 Feb 2026 10:00:05 GMT', null],
  ['an odd time', 7, 'Sat, 28 Feb 2026 10:00:05 GMT', null],
  ['no date of the reply', '2026-02-28T10:00:03.000+0000', undefined, null],
])(
  'how long ago a job was created and changed is known from the reply: %s',
  (_what, modified, date, ago) => {
    expect(jobInfoOf(reply(modified, date), null)).toMatchObject({
      ...{ createdAgoMs: ago, changedAgoMs: ago },
    });
  },
);
