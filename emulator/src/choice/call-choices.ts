import type { Choice } from './choice.ts';

/** Choices about login and request bodies. */
export const callChoices = {
  'repeated-login': {
    question: 'Whether a repeated login returns the token that is still valid',
    options: ['new-token', 'same-token'],
    why: 'Both are reported',
  },
  'compressed-requests': {
    question: 'Whether a request body may be gzip or deflate',
    options: ['accept', 'refuse'],
    why: 'The REST API guide says yes, the Bulk API 2.0 guide nothing',
  },
} as const satisfies Record<string, Choice>;
