import type { Choice } from './choice.ts';

/** Choices about creating, filling, closing and processing jobs. */
export const jobChoices = {
  'multipart-over-limit': {
    question: 'The answer to a multipart job with more than 100,000 characters of data',
    options: ['client-input-error', 'accept'],
    why: '400 `CLIENTINPUTERROR` and no job: a client that exceeds the documented limit must fail',
  },
  'multipart-framing': {
    question: 'Whether bare LF between the parts of a multipart job is accepted',
    options: ['crlf-and-lf', 'crlf'],
    why: 'Known clients send bare LF and work',
  },
  'job-property-errors': {
    question: 'The answer to a job with an unknown property',
    options: ['refuse', 'ignore-unknown'],
    why: '400 `JSON_PARSER_ERROR`: a client must not send what is not documented. Missing or ill-typed properties are refused in either case',
  },
  'unknown-assignment-rule': {
    question: 'Whether a job may name an assignment rule that the org does not have',
    options: ['no-effect', 'refuse-job'],
    why: 'Only the form is documented: a malformed id is `MALFORMED_ID`',
  },
  'hard-delete-permission': {
    question: 'Whether the user may delete permanently',
    options: ['granted', 'missing'],
    why: 'An org has to grant it. `missing` gives 400 `FEATURENOTENABLED`, whose message is not recorded',
  },
  'second-upload': {
    question: 'Which call fails after a second PUT to one job',
    options: ['put', 'close'],
    why: 'Reports of 2026 say the PUT, older ones the PATCH. The code is `INVALIDJOB`',
  },
  'close-without-upload': {
    question: 'The answer to `UploadComplete` for a job without data',
    options: ['refuse', 'fail-job'],
    why: '400 `INVALIDJOBSTATE`: a client that loses its upload must notice at once',
  },
  'chunk-order': {
    question: 'The order in which the chunks of 200 rows are processed',
    options: ['as-uploaded', 'shuffled'],
    why: 'Undefined in an org; `shuffled` finds clients that depend on it',
  },
} as const satisfies Record<string, Choice>;
