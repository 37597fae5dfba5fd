import type { Choice } from './choice.ts';

/** Choices about queries. */
export const queryChoices = {
  'query-order': {
    question: 'The order of the records of a query where `ORDER BY` leaves it open',
    options: ['shuffled', 'oldest-first'],
    why: 'Undefined in an org; shuffled under a seed, so that no client depends on it',
  },
  'query-empty-values': {
    question: 'Whether `!=` and `NOT IN` find records without a value',
    options: ['found', 'not-found'],
    why: 'An empty field differs from any value. Reports contradict each other',
  },
} as const satisfies Record<string, Choice>;
