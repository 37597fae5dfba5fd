import type { Choice } from './choice.ts';

/** Choices about single values. */
export const valueChoices = {
  'boolean-forms': {
    question: 'What counts as a boolean',
    options: ['bulk-v1', 'xsd'],
    why: '`true/false`, `1/0`, `yes/no` in any case, as the guide says for Bulk API 1.0; `xsd` takes true, false, 1, 0',
  },
  'null-checkbox': {
    question: 'What `#N/A` does to a checkbox',
    options: ['refuse', 'false'],
    why: 'A checkbox has no null: `INVALID_TYPE_ON_FIELD_IN_RECORD`, as the REST API says for null',
  },
  'null-on-insert': {
    question: 'Whether `#N/A` in an insert keeps a default value away',
    options: ['default-applies'],
    why: 'It gives the field no value, as an empty cell does',
  },
  'read-only-empty-cell': {
    question: 'Whether an empty cell in a read-only column is an error',
    options: ['ignored'],
    why: 'An empty cell leaves the field alone',
  },
  'picklist-match': {
    question: 'How a value is compared with a restricted picklist',
    options: ['exact'],
    why: 'Stricter than an org may be; inactive values are refused',
  },
  'number-range': {
    question: 'What happens to a number outside precision and scale',
    options: ['range-error-and-rounding'],
    why: 'Too many digits before the point: `NUMBER_OUTSIDE_VALID_RANGE`; too many after it: rounded',
  },
  'text-trimming': {
    question: 'Whether spaces around a text value are stored',
    options: ['as-sent', 'trimmed'],
    why: 'The guide says that no value is trimmed; the user interface does trim',
  },
} as const satisfies Record<string, Choice>;
