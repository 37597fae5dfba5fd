/** One thing that public material does not settle, and how the emulator settles it. */
export interface Choice {
  /** What is unknown. */
  readonly question: string;
  /** The answers that the emulator can give; the first is the default. */
  readonly options: readonly [string, ...string[]];
  /** Why the default is the default. */
  readonly why: string;
}

/**
 * Every behaviour of the emulator that rests on no documentation and no recording of a real org.
 * The README lists the same ones; a test holds both together.
 */
export const CHOICES = {
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
  'empty-upload': {
    question: 'The end of a job whose data has no row under the header, or no header',
    options: ['fail-job', 'complete'],
    why: 'Bulk API 1.0 says `InvalidBatch : Records not found`',
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
  'early-results': {
    question: 'The answer to a request for results before the job has ended',
    options: ['refuse', 'so-far'],
    why: '400 `INVALIDJOBSTATE`; a client that reads too early must notice',
  },
  'field-not-found-prefix': {
    question: 'Whether `InvalidBatch : ` stands twice before `Field name not found`',
    options: ['single', 'doubled'],
    why: 'Single in the reports of clients, the recent ones too; doubled in the recording of v53',
  },
  'header-case': {
    question: 'Whether column names must have the exact case of the field',
    options: ['any-case', 'exact'],
    why: "A sample of Salesforce's own documentation sends a lower-case `name`",
  },
  'line-ending-check': {
    question: 'Whether line breaks inside quoted values must match the line ending of the job',
    options: ['everywhere', 'rows-only', 'no-breaks-in-values'],
    why: 'Documented as legal; reports say that the job fails when they differ, and some that any break in a value fails it',
  },
  'boolean-forms': {
    question: 'What counts as a boolean',
    options: ['bulk-v1', 'xsd'],
    why: '`true/false`, `1/0`, `yes/no` in any case, as the guide says for Bulk API 1.0; `xsd` takes true, false, 1, 0',
  },
  'number-echo': {
    question: 'How numbers come back in the results files',
    options: ['normalised', 'as-sent'],
    why: "A documentation sample shows `9.12260031E8`; so double, currency and percent come back as Java's `Double.toString` prints them",
  },
  'row-error-wording': {
    question: 'How messages known from the REST API are wrapped in `sf__Error`',
    options: ['by-grammar'],
    why: '`CODE:message:Field --`, the grammar of the recorded ones; only the first error of a row is given',
  },
  'ragged-row': {
    question: 'What happens to a row with more or fewer cells than the header',
    options: ['fail-job', 'row-error'],
    why: 'A parser error of the batch, like an unescaped quote',
  },
  'stray-quote': {
    question: 'What happens to a quote inside an unquoted cell, or a space outside the quotes',
    options: ['fail-job'],
    why: 'Documented as an error of the row, reported as an error of the whole job',
  },
  'oversized-data': {
    question: 'What happens to a header, row or cell over the documented sizes',
    options: ['fail-job'],
    why: '`InvalidBatch`, no row processed: the limits are documented, what happens beyond them is not',
  },
  'blank-lines': {
    question: 'What an empty line in the data is',
    options: ['skipped'],
    why: 'It holds no record',
  },
  'read-only-empty-cell': {
    question: 'Whether an empty cell in a read-only column is an error',
    options: ['ignored'],
    why: 'An empty cell leaves the field alone',
  },
  'insert-duplicates-in-chunk': {
    question: 'Which rows of an insert fail that bring one unique value twice in a chunk',
    options: ['later-ones'],
    why: 'For upsert all fail, which is documented; for insert the first is stored and the others find it',
  },
  'failed-row-id': {
    question: 'Whether a failed update or delete has its id in `sf__Id`',
    options: ['given'],
    why: 'It may, according to the tests of clients',
  },
  'delete-columns': {
    question: 'What happens to the data of a delete with other columns than `Id`',
    options: ['fail-job'],
    why: 'Only `Id` is documented; Bulk API 1.0 says `Delete batches must contain only ids`',
  },
  'hard-delete-permission': {
    question: 'Whether the user may delete for good',
    options: ['granted', 'missing'],
    why: 'An org has to grant it; `missing` gives 400 `FEATURENOTENABLED`, whose wording is not recorded',
  },
  'null-checkbox': {
    question: 'What `#N/A` does to a checkbox',
    options: ['refuse', 'false'],
    why: 'A checkbox has no null: `INVALID_TYPE_ON_FIELD_IN_RECORD`, as the REST API says for null',
  },
  'null-relationship': {
    question: 'Whether `#N/A` in a relationship column clears the lookup',
    options: ['not-found', 'clear'],
    why: 'Documented for fields only; a client that wants to unlink writes `#N/A` to the lookup field itself',
  },
  'null-on-insert': {
    question: 'Whether `#N/A` in an insert keeps a default value away',
    options: ['default-applies'],
    why: 'It gives the field no value, as an empty cell does',
  },
  'unknown-assignment-rule': {
    question: 'Whether a job may name an assignment rule that the org does not have',
    options: ['no-effect', 'refuse-job'],
    why: 'Only its form is documented: what is no id is `MALFORMED_ID`',
  },
  'missing-key-column': {
    question: 'What an upsert without the column of its key ends in',
    options: ['row-errors'],
    why: 'As a blank key, which is `MISSING_ARGUMENT` in each row; so it is for an update without `Id`',
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
    options: ['as-sent'],
    why: 'The guide says that no value is trimmed',
  },
  'results-order': {
    question: 'The order of the rows in results files',
    options: ['shuffled', 'as-uploaded'],
    why: 'Documented as not guaranteed; shuffled under a seed, so that no client may rely on it',
  },
  'results-delimiter': {
    question: 'The delimiter and line ending of results files',
    options: ['job-delimiter-and-lf', 'comma-and-lf'],
    why: 'Recorded for comma and LF only',
  },
  'unprocessed-end': {
    question: 'Whether `unprocessedrecords` ends with a line break',
    options: ['without', 'with'],
    why: 'The recording has none after its last row; a file without rows ends with one',
  },
  'chunk-order': {
    question: 'The order in which the chunks of 200 rows are processed',
    options: ['as-uploaded', 'shuffled'],
    why: 'Undefined in an org; `shuffled` shows a client that relies on it',
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
  'limit-info-on-errors': {
    question: 'Whether error replies carry `Sforce-Limit-Info`',
    options: ['all-but-401'],
    why: 'The recorded 404 has it, the recorded 401 does not',
  },
  'exhausted-requests': {
    question: 'When the API answers `REQUEST_LIMIT_EXCEEDED`',
    options: ['at-the-limit'],
    why: 'A paid org has a soft overage first; its size is not public',
  },
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
  'job-property-errors': {
    question: 'The answer to a job with missing, unknown or ill-typed properties',
    options: ['refuse', 'ignore-unknown'],
    why: '400 `API_ERROR` or `JSON_PARSER_ERROR`; a client must not send what is not documented',
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
  'version-errors': {
    question: 'The wording for a retired (v21 to v30) or unknown API version',
    options: ['gone-and-not-found'],
    why: 'The codes are documented, the messages are not',
  },
} as const satisfies Record<string, Choice>;

/** Name of a choice. */
export type ChoiceName = keyof typeof CHOICES;

/** An answer to every choice. */
export type Choices = { readonly [Name in ChoiceName]: (typeof CHOICES)[Name]['options'][number] };

/**
 * The defaults, with some answers replaced.
 * @throws Error for a choice or an answer that does not exist.
 */
export function makeChoices(answers: Readonly<Record<string, unknown>> = {}): Choices {
  const chosen: Record<string, string> = {};
  for (const [name, choice] of Object.entries<Choice>(CHOICES)) chosen[name] = choice.options[0];
  for (const [name, answer] of Object.entries(answers)) {
    const choice = Object.entries<Choice>(CHOICES).find(([known]) => known === name)?.[1];
    if (!choice) throw new Error(`There is no choice named ${name}`);
    if (typeof answer !== 'string' || !choice.options.includes(answer)) {
      throw new Error(`The choice ${name} takes ${choice.options.join(' or ')}`);
    }
    chosen[name] = answer;
  }
  return chosen as Choices;
}
