import type { Choice } from './choice.ts';

/** Choices about an uploaded file as a whole. */
export const fileChoices = {
  'empty-upload': {
    question: 'The result of a job whose data has no rows below the header, or no header',
    options: ['fail-job', 'complete'],
    why: 'Bulk API 1.0 says `InvalidBatch : Records not found`',
  },
  'field-not-found-prefix': {
    question: 'Whether `InvalidBatch : ` is doubled before `Field name not found`',
    options: ['single', 'doubled'],
    why: 'Single in the reports of clients, including recent ones; doubled in the recording of v53',
  },
  'header-case': {
    question: 'Whether column names must match the case of the field',
    options: ['any-case', 'exact'],
    why: 'A sample in the Salesforce documentation sends a lower-case `name`',
  },
  'line-ending-check': {
    question: 'Whether line breaks inside quoted values must match the line ending of the job',
    options: ['everywhere', 'rows-only', 'no-breaks-in-values'],
    why: 'Line breaks in values are documented as legal. Reports say that the job fails when they differ, and some that any line break in a value fails it',
  },
  'ragged-row': {
    question: 'What happens to a row with more or fewer cells than the header',
    options: ['fail-job', 'row-error'],
    why: 'A parser error of the batch, like an unescaped quote',
  },
} as const satisfies Record<string, Choice>;
