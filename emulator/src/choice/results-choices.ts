import type { Choice } from './choice.ts';

/** Choices about what a job tells of its rows. */
export const resultsChoices = {
  'early-results': {
    question: 'The answer to a request for results before the job has ended',
    options: ['refuse', 'so-far'],
    why: '400 `INVALIDJOBSTATE`; a client that reads too early must notice',
  },
  'empty-results': {
    question: 'The answer to a request for a results file without rows',
    options: ['header-line', 'no-content', 'empty-body'],
    why: 'Recorded: the header line. A client saw `204 No Content` for `failedResults` (OpenFn/adaptors#886), a guide for clients speaks of 200 without a body',
  },
  'failed-job-counters': {
    question: 'The counters of a job that failed after some of its rows were committed',
    options: ['kept', 'zero'],
    why: 'Documented as counting attempted rows; they are reported not to be updated when a batch fails on the server (forcedotcom/dataloader#1033)',
  },
  'other-case-columns': {
    question:
      'Whether failed results have the values of a column whose name differs in case from its field',
    options: ['echoed', 'blank'],
    why: 'As in the other results; known issue a028c00000gAyI4AAK says that they are left out',
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
  'datetime-echo': {
    question: 'How points in time come back in the results files',
    options: ['as-sent', 'utc'],
    why: 'Nothing says otherwise; `utc` gives `2024-01-02T03:04:05.000Z`, as an org stores it',
  },
  'text-echo': {
    question: 'Whether spaces around a value come back in the results files',
    options: ['as-sent', 'trimmed'],
    why: 'Nothing says otherwise, and the guide says that no value is trimmed',
  },
  'id-echo': {
    question: 'How ids of 15 characters come back in the results files',
    options: ['as-sent', '18-characters'],
    why: 'Nothing says otherwise; `sf__Id` has 18 in any case',
  },
  'row-error-wording': {
    question: 'How messages known from the REST API are wrapped in `sf__Error`',
    options: ['by-grammar'],
    why: '`CODE:message:Field --`, the grammar of the recorded ones; only the first error of a row is given',
  },
  'row-error-language': {
    question: 'The language of row errors, and whether they quote long values in full',
    options: ['english', 'german'],
    why: 'The language is that of the user; `german` is a translation that quotes 35 characters. Codes, and what the parser says, stay as they are',
  },
  'failed-row-id': {
    question: 'Whether a failed update or delete has its id in `sf__Id`',
    options: ['given'],
    why: 'It may, according to the tests of clients',
  },
} as const satisfies Record<string, Choice>;
