import type { Choice } from './choice.ts';

/** Choices about what a job tells of its rows. */
export const resultsChoices = {
  'early-results': {
    question: 'The answer to a request for results before the job has ended',
    options: ['refuse', 'so-far'],
    why: '400 `INVALIDJOBSTATE`; a client that reads too early must notice',
  },
  'results-order': {
    question: 'The order of the rows in results files',
    options: ['shuffled', 'as-uploaded'],
    why: 'Documented as not guaranteed; shuffled under a seed, so that no client may rely on it',
  },
  'results-delimiter': {
    question: 'The delimiter and line ending of results files',
    options: ['job-delimiter-and-lf', 'comma-and-lf'],
    why: 'Recorded for comma and LF only',
  },
  'unprocessed-end': {
    question: 'Whether `unprocessedrecords` ends with a line break',
    options: ['without', 'with'],
    why: 'The recording has none after its last row; a file without rows ends with one',
  },
  'number-echo': {
    question: 'How numbers come back in the results files',
    options: ['normalised', 'as-sent'],
    why: "A documentation sample shows `9.12260031E8`; so double, currency and percent come back as Java's `Double.toString` prints them",
  },
  'row-error-wording': {
    question: 'How messages known from the REST API are wrapped in `sf__Error`',
    options: ['by-grammar'],
    why: '`CODE:message:Field --`, the grammar of the recorded ones; only the first error of a row is given',
  },
  'failed-row-id': {
    question: 'Whether a failed update or delete has its id in `sf__Id`',
    options: ['given'],
    why: 'It may, according to the tests of clients',
  },
} as const satisfies Record<string, Choice>;
