import type { Choice } from './choice.ts';

/** Choices about which record a row names, and what may be done to it. */
export const recordChoices = {
  'hard-delete-from-bin': {
    question: 'Whether a hard delete removes a record that is in the recycle bin',
    options: ['purge', 'refuse'],
    why: 'A hard delete is documented to bypass the recycle bin; nothing is said of records in it. `refuse` gives `ENTITY_IS_DELETED`',
  },
  'purged-record': {
    question: 'The error of a row that names a permanently deleted record',
    options: ['unknown', 'deleted'],
    why: '`INVALID_CROSS_REFERENCE_KEY`, as for an id that never existed. `deleted` gives `ENTITY_IS_DELETED`, which an org may give until it has cleaned up',
  },
  'key-spaces': {
    question: 'Whether spaces around a text key count when records are looked up by it',
    options: ['kept', 'trimmed'],
    why: 'Same as for stored text (`text-trimming`): a key with spaces is another key. With keys kept and stored text trimmed, the second of two such keys is a `DUPLICATE_VALUE`',
  },
  'null-relationship': {
    question: 'Whether `#N/A` in a relationship column clears the lookup',
    options: ['not-found', 'clear'],
    why: 'Documented for fields only; `#N/A` in the lookup field itself clears it',
  },
  'unknown-parents': {
    question:
      'Whether an id of an object that the emulator does not have, such as Group, is accepted',
    options: ['accepted', 'refused'],
    why: 'Its form is checked; its existence cannot be',
  },
} as const satisfies Record<string, Choice>;
