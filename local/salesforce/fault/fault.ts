import { z } from 'zod';

/** The calls that a fault can hit; `any` is every call outside the control plane. */
export const callNames = [
  'token',
  'create',
  'upload',
  'close',
  'abort',
  'delete',
  'info',
  'successfulResults',
  'failedResults',
  'unprocessedrecords',
  'describe',
  'limits',
  'list',
  'other',
] as const;

/** A call of the API by its purpose. */
export type CallName = (typeof callNames)[number];

/** How often a fault happens (null: always), and how many occasions it lets pass first. */
const repetition = {
  times: z.int().min(1).nullable().default(1),
  skip: z.int().min(0).default(0),
};

const rows = z.int().min(0);
const ms = z.int().min(0).max(3_600_000);

const action = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    /** Text is sent as it is, anything else as JSON; absent: an empty body. */
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  /** The connection is torn down. */
  z.strictObject({ kind: z.literal('reset') }),
  /** No answer, ever. */
  z.strictObject({ kind: z.literal('silence') }),
  /** Headers and half of the body, then the connection is torn down. */
  z.strictObject({ kind: z.literal('truncate') }),
  z.strictObject({ kind: z.literal('delay'), ms }),
  /** All tokens end: before the call, which then meets a 401; or after it. */
  z.strictObject({ kind: z.literal('expire-token') }),
]);

/** A fault of one HTTP call. */
const callFault = z
  .strictObject({
    call: z.enum([...callNames, 'any']),
    /** `before`: the call has no effect. `after`: it had, and then the fault replaces the reply. */
    when: z.enum(['before', 'after']).default('before'),
    action,
    ...repetition,
  })
  .refine((fault) => fault.action.kind !== 'truncate' || fault.when === 'after', {
    message: "truncate cuts a real reply, so it needs when: 'after'",
    path: ['when'],
  });

/** A fault of one job, which is the next to begin, of the given object if one is given. */
const jobFault = z.discriminatedUnion('job', [
  z.strictObject({
    job: z.literal('fail'),
    errorMessage: z.string().default('InternalServerError : Processing failed'),
    afterRows: rows.default(0),
    object: z.string().optional(),
    ...repetition,
  }),
  z.strictObject({
    job: z.literal('abort'),
    afterRows: rows.default(0),
    object: z.string().optional(),
    ...repetition,
  }),
  /** It never ends by itself. */
  z.strictObject({
    job: z.literal('stall'),
    state: z.enum(['UploadComplete', 'InProgress']).default('InProgress'),
    afterRows: rows.default(0),
    object: z.string().optional(),
    ...repetition,
  }),
  /** It completes, but its last rows are neither processed nor in any results file. */
  z.strictObject({
    job: z.literal('lose-rows'),
    count: z.int().min(1),
    object: z.string().optional(),
    ...repetition,
  }),
  /** Its metadata is gone as soon as it has ended, as after seven days. */
  z.strictObject({ job: z.literal('vanish'), object: z.string().optional(), ...repetition }),
]);

/** A fault of single rows: those whose cells have the given text in the given columns. */
const rowFault = z.strictObject({
  /** `CODE:message:Field --`, or a code alone. */
  rowError: z.string().min(1),
  match: z.record(z.string(), z.string()).default({}),
  object: z.string().optional(),
  ...repetition,
});

/** What can go wrong on demand. */
export const fault = z.union([callFault, jobFault, rowFault]);

/** A fault as a caller states it, with the defaults left out if it likes. */
export type Fault = z.input<typeof fault>;

/** A fault of one HTTP call, complete. */
export type CallFault = z.output<typeof callFault>;

/** A fault of one job, complete. */
export type JobFault = z.output<typeof jobFault>;

/** A fault of single rows, complete. */
export type RowFault = z.output<typeof rowFault>;

/**
 * Reads a fault; the error message says what does not fit.
 * @throws Error
 */
export function parseFault(input: unknown): CallFault | JobFault | RowFault {
  const parsed = kindOf(input).safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Error(z.prettifyError(parsed.error));
}

function kindOf(input: unknown): typeof callFault | typeof jobFault | typeof rowFault {
  const named = (key: string) => typeof input === 'object' && input !== null && key in input;
  if (named('call')) return callFault;
  if (named('job')) return jobFault;
  if (named('rowError')) return rowFault;
  throw new Error('A fault names a call, a job or a rowError');
}
