import type { Choice } from './choice.ts';

/** Choices about the results of a job. */
export const resultsChoices = {
  'early-results': {
    question: 'The answer to a request for results before the job has ended',
    options: ['refuse', 'so-far'],
    why: '400 `INVALIDJOBSTATE`: a client that reads too early must notice',
  },
  'empty-results': {
    question: 'The answer to a request for a results file without rows',
    options: ['header-line', 'no-content', 'empty-body'],
    why: 'The header line is recorded. A client saw `204 No Content` for `failedResults` (OpenFn/adaptors#886), a guide for clients says 200 without a body',
  },
  'failed-job-counters': {
    question: 'The counters of a job that failed after some of its rows were committed',
    options: ['kept', 'zero'],
    why: 'Documented to count attempted rows; reported not to be updated when a batch fails on the server (forcedotcom/dataloader#1033)',
  },
  'other-case-columns': {
    question:
      'Whether failed results have the values of a column whose name differs in case from its field',
    options: ['echoed', 'blank'],
    why: 'As in the other results; known issue a028c00000gAyI4AAK says that they are missing',
  },
  'results-order': {
    question: 'The order of the rows in results files',
    options: ['shuffled', 'as-uploaded'],
    why: 'Documented as not guaranteed; shuffled under a seed, so that no client depends on it',
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
    question: 'The form of numbers in results files',
    options: ['normalised', 'as-sent'],
    why: 'A documentation sample shows `9.12260031E8`, so double, currency and percent are printed like `Double.toString` of Java does',
  },
  'datetime-echo': {
    question: 'The form of dateTime values in results files',
    options: ['as-sent', 'utc'],
    why: 'Nothing says otherwise; `utc` gives `2024-01-02T03:04:05.000Z`, as an org stores it',
  },
  'text-echo': {
    question: 'Whether results files keep the spaces around a value',
    options: ['as-sent', 'trimmed'],
    why: 'Nothing says otherwise, and the guide says that no value is trimmed',
  },
  'id-echo': {
    question: 'The form of ids of 15 characters in results files',
    options: ['as-sent', '18-characters'],
    why: 'Nothing says otherwise; `sf__Id` has 18 in any case',
  },
  'row-error-language': {
    question: 'The language of row errors, and whether they quote long values in full',
    options: ['english', 'german'],
    why: 'The language is that of the user; `german` is a translation that quotes 35 characters. Codes and the messages of the parser stay as they are',
  },
} as const satisfies Record<string, Choice>;
