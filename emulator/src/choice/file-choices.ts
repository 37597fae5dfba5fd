import type { Choice } from './choice.ts';

/** Choices about an uploaded file as a whole. */
export const fileChoices = {
  'empty-upload': {
    question: 'The end of a job whose data has no row under the header, or no header',
    options: ['fail-job', 'complete'],
    why: 'Bulk API 1.0 says `InvalidBatch : Records not found`',
  },
  'field-not-found-prefix': {
    question: 'Whether `InvalidBatch : ` stands twice before `Field name not found`',
    options: ['single', 'doubled'],
    why: 'Single in the reports of clients, the recent ones too; doubled in the recording of v53',
  },
  'header-case': {
    question: 'Whether column names must have the exact case of the field',
    options: ['any-case', 'exact'],
    why: "A sample of Salesforce's own documentation sends a lower-case `name`",
  },
  'line-ending-check': {
    question: 'Whether line breaks inside quoted values must match the line ending of the job',
    options: ['everywhere', 'rows-only', 'no-breaks-in-values'],
    why: 'Documented as legal; reports say that the job fails when they differ, and some that any break in a value fails it',
  },
  'ragged-row': {
    question: 'What happens to a row with more or fewer cells than the header',
    options: ['fail-job', 'row-error'],
    why: 'A parser error of the batch, like an unescaped quote',
  },
  'stray-quote': {
    question: 'What happens to a quote inside an unquoted cell, or a space outside the quotes',
    options: ['fail-job'],
    why: 'Documented as an error of the row, reported as an error of the whole job',
  },
  'oversized-data': {
    question: 'What happens to a header, row or cell over the documented sizes',
    options: ['fail-job'],
    why: '`InvalidBatch`, no row processed: the limits are documented, what happens beyond them is not',
  },
  'blank-lines': {
    question: 'What an empty line in the data is',
    options: ['skipped'],
    why: 'It holds no record',
  },
  'delete-columns': {
    question: 'What happens to the data of a delete with other columns than `Id`',
    options: ['fail-job'],
    why: 'Only `Id` is documented; Bulk API 1.0 says `Delete batches must contain only ids`',
  },
} as const satisfies Record<string, Choice>;
