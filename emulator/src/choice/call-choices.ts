import type { Choice } from './choice.ts';

/** Choices about HTTP, login and allocations. */
export const callChoices = {
  'repeated-login': {
    question: 'Whether a repeated login returns the token that is still valid',
    options: ['new-token', 'same-token'],
    why: 'Both are reported',
  },
  'token-method': {
    question: 'The answer to a token request that is not a POST',
    options: ['invalid-request'],
    why: '400 `invalid_request` / `must use HTTP POST`',
  },
  'missing-authorization': {
    question: 'The answer to a call without, or with a malformed, Authorization header',
    options: ['401'],
    why: 'Without: as an expired session. Malformed: `INVALID_AUTH_HEADER`',
  },
  'limit-info-on-errors': {
    question: 'Whether error replies carry `Sforce-Limit-Info`',
    options: ['all-but-401'],
    why: 'The recorded 404 has it, the recorded 401 does not',
  },
  'version-errors': {
    question: 'The wording for a retired (v21 to v30) or unknown API version',
    options: ['gone-and-not-found'],
    why: 'The codes are documented, the messages are not',
  },
  'content-types': {
    question: 'Which content types the calls take',
    options: ['documented-only'],
    why: 'JSON or multipart for a job, `text/csv` for its data; anything else is 415',
  },
  'compressed-requests': {
    question: 'Whether a request body may be gzip or deflate',
    options: ['accept', 'refuse'],
    why: 'The REST API guide says yes, the Bulk API 2.0 guide nothing',
  },
  'upload-over-limit': {
    question: 'The answer to more than 150 MB of data',
    options: ['client-input-error'],
    why: '400 `CLIENTINPUTERROR`; 150,000,000 bytes are counted as they arrive, before base64',
  },
  'batches-per-job': {
    question: 'How much of the daily batch allocation a job uses',
    options: ['one-per-10000-rows'],
    why: 'Whether the empty parent batch counts is undocumented',
  },
  'allocation-window': {
    question: 'When daily allocations are given back',
    options: ['all-after-24-hours'],
    why: 'A rolling window in an org; too fine a thing to depend on',
  },
  'exhausted-requests': {
    question: 'When the API answers `REQUEST_LIMIT_EXCEEDED`',
    options: ['at-the-limit'],
    why: 'A paid org has a soft overage first; its size is not public',
  },
} as const satisfies Record<string, Choice>;
