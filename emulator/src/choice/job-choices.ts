import type { Choice } from './choice.ts';

/** Choices about how jobs are made, filled, closed, listed and worked off. */
export const jobChoices = {
  'multipart-over-limit': {
    question: 'The answer to a multipart job with more than 100,000 characters of data',
    options: ['client-input-error', 'accept'],
    why: 'A client that relies on more than the documented limit must notice: 400 `CLIENTINPUTERROR`, no job',
  },
  'multipart-framing': {
    question: 'Whether bare LF between the parts of a multipart job is accepted',
    options: ['crlf-and-lf', 'crlf'],
    why: 'Known clients send bare LF and work',
  },
  'job-property-errors': {
    question: 'The answer to a job with missing, unknown or ill-typed properties',
    options: ['refuse', 'ignore-unknown'],
    why: '400 `API_ERROR` or `JSON_PARSER_ERROR`; a client must not send what is not documented',
  },
  'unknown-assignment-rule': {
    question: 'Whether a job may name an assignment rule that the org does not have',
    options: ['no-effect', 'refuse-job'],
    why: 'Only its form is documented: what is no id is `MALFORMED_ID`',
  },
  'hard-delete-permission': {
    question: 'Whether the user may delete for good',
    options: ['granted', 'missing'],
    why: 'An org has to grant it; `missing` gives 400 `FEATURENOTENABLED`, whose wording is not recorded',
  },
  'second-upload': {
    question: 'Where the second PUT to one job fails',
    options: ['put', 'close'],
    why: 'Reports of 2026 see it refused on the PUT; older ones on the PATCH. The code is `INVALIDJOB`',
  },
  'upload-to-closed-job': {
    question: 'The answer to a PUT to a job that is not open',
    options: ['invalid-job-state'],
    why: '400 `INVALIDJOBSTATE`, as for the other calls that come in the wrong state',
  },
  'close-without-upload': {
    question: 'The answer to `UploadComplete` on a job that never got data',
    options: ['refuse', 'fail-job'],
    why: '400 `INVALIDJOBSTATE`; a client that loses its upload must notice at once',
  },
  'wrong-state-wording': {
    question: 'The wording of a close or abort in the wrong state, other than after completion',
    options: ['by-pattern'],
    why: '`Closing already Aborted Job not allowed`, by the pattern of the recorded `Aborting already Completed Job not allowed`',
  },
  'delete-refusal': {
    question: 'The answer to DELETE of a job that is open or in progress',
    options: ['api-error'],
    why: 'The text is documented for query jobs: 400 `API_ERROR`',
  },
  'job-list': {
    question: 'The order of the list of jobs, and how its last page ends',
    options: ['oldest-first-and-null'],
    why: 'Unspecified order; `nextRecordsUrl` is null on the last page',
  },
  'chunk-order': {
    question: 'The order in which the chunks of 200 rows are processed',
    options: ['as-uploaded', 'shuffled'],
    why: 'Undefined in an org; `shuffled` shows a client that relies on it',
  },
} as const satisfies Record<string, Choice>;
