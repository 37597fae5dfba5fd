import type { Choice } from './choice.ts';

/** Choices about single values. */
export const valueChoices = {
  'boolean-forms': {
    question: 'Which cells are booleans',
    options: ['bulk-v1', 'xsd'],
    why: '`true/false`, `1/0`, `yes/no` in any case, as the guide says for Bulk API 1.0; `xsd` takes true, false, 1, 0',
  },
  'null-checkbox': {
    question: 'The effect of `#N/A` on a checkbox',
    options: ['refuse', 'false'],
    why: 'A checkbox has no null: `INVALID_TYPE_ON_FIELD_IN_RECORD`, as the REST API says for null',
  },
  'text-trimming': {
    question: 'Whether spaces around a text value are stored',
    options: ['as-sent', 'trimmed'],
    why: 'The guide says that no value is trimmed; the user interface does trim',
  },
  'datetime-fraction': {
    question: 'What a dateTime cell with more than three digits of a second means',
    options: ['truncate', 'reject'],
    why: 'XML Schema allows any number of digits, and an org stores milliseconds at most. `reject` gives the error of a value that is no dateTime',
  },
  'time-fraction': {
    question: 'What a time cell with more than three digits of a second means',
    options: ['reject', 'truncate'],
    why: 'The documented form has exactly three; `reject` gives the error of a value that is no time',
  },
} as const satisfies Record<string, Choice>;
