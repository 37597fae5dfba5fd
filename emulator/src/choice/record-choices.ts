import type { Choice } from './choice.ts';

/** Choices about which record a row means, and what may be done to it. */
export const recordChoices = {
  'insert-duplicates-in-chunk': {
    question: 'Which rows of an insert fail that bring one unique value twice in a chunk',
    options: ['later-ones'],
    why: 'For upsert all fail, which is documented; for insert the first is stored and the others find it',
  },
  'hard-delete-from-bin': {
    question: 'Whether a hard delete removes a record that is in the recycle bin',
    options: ['purge', 'refuse'],
    why: 'Documented as deletion that passes the bin by; of what lies in it nothing is said, and the aim is that it is gone. `refuse` gives `ENTITY_IS_DELETED`',
  },
  'purged-record': {
    question: 'The error of a row that names a record which was deleted for good',
    options: ['unknown', 'deleted'],
    why: '`INVALID_CROSS_REFERENCE_KEY`, as of an id that never was; `deleted` gives `ENTITY_IS_DELETED`, as an org may until it has cleaned up',
  },
  'key-spaces': {
    question: 'Whether spaces around a text key count when records are compared by it',
    options: ['kept', 'trimmed'],
    why: 'As for stored text (`text-trimming`): what is stored with its spaces is another key. Kept while stored text is trimmed, the second of two such keys is a `DUPLICATE_VALUE`',
  },
  'missing-key-column': {
    question: 'What an upsert without the column of its key ends in',
    options: ['row-errors'],
    why: 'As a blank key, which is `MISSING_ARGUMENT` in each row; so it is for an update without `Id`',
  },
  'null-relationship': {
    question: 'Whether `#N/A` in a relationship column clears the lookup',
    options: ['not-found', 'clear'],
    why: 'Documented for fields only; a client that wants to unlink writes `#N/A` to the lookup field itself',
  },
  'two-parent-keys': {
    question: 'What a row is that names one parent by two relationship columns',
    options: ['row-error'],
    why: 'It is refused, as an id beside a relationship column is: `INVALID_FIELD`',
  },
  'unknown-parents': {
    question:
      'Whether an id of an object that the emulator does not hold, such as Group, is accepted',
    options: ['accepted', 'refused'],
    why: 'Its form is checked; that it exists cannot be',
  },
} as const satisfies Record<string, Choice>;
