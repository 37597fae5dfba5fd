import { z } from 'zod';
import { repetition } from './repetition.ts';
import { rowFault, upsertFault } from './row-fault.ts';

/** The calls that can have a fault; `any` is every call outside the control plane. */
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
  'query',
  'other',
] as const;

/** A call of the API by its purpose. */
export type CallName = (typeof callNames)[number];

const rows = z.int().min(0);
const ms = z.int().min(0).max(3_600_000);

const action = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    /** Text is sent unchanged, anything else as JSON; absent: an empty body. */
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  /** The connection is reset. */
  z.strictObject({ kind: z.literal('reset') }),
  /** No reply, ever. */
  z.strictObject({ kind: z.literal('silence') }),
  /** Headers and half of the body, then the connection is closed. */
  z.strictObject({ kind: z.literal('truncate') }),
  z.strictObject({ kind: z.literal('delay'), ms }),
  /** All tokens expire: before the call, which then gets a 401, or after it. */
  z.strictObject({ kind: z.literal('expire-token') }),
]);

/** A fault of one HTTP call. */
const callFault = z
  .strictObject({
    call: z.enum([...callNames, 'any']),
    /** `before`: the call has no effect. `after`: it has, and the fault replaces the reply. */
    when: z.enum(['before', 'after']).default('before'),
    action,
    ...repetition,
  })
  .refine((fault) => fault.action.kind !== 'truncate' || fault.when === 'after', {
    message: "truncate cuts a real reply, so it needs when: 'after'",
    path: ['when'],
  });

/** A fault of the next job to start, of `object` if given. */
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
  /** It never ends. */
  z.strictObject({
    job: z.literal('stall'),
    state: z.enum(['UploadComplete', 'InProgress']).default('InProgress'),
    afterRows: rows.default(0),
    object: z.string().optional(),
    ...repetition,
  }),
  /** It completes, but its last rows are not processed and in no results file. */
  z.strictObject({
    job: z.literal('lose-rows'),
    count: z.int().min(1),
    object: z.string().optional(),
    ...repetition,
  }),
  /** Its metadata is deleted when it ends, as after seven days. */
  z.strictObject({ job: z.literal('vanish'), object: z.string().optional(), ...repetition }),
]);

/** Any fault. */
export const fault = z.union([callFault, jobFault, rowFault, upsertFault]);

/** Any fault, as a caller gives it: properties with a default are optional. */
export type Fault = z.input<typeof fault>;

/** A fault of one HTTP call, with defaults. */
export type CallFault = z.output<typeof callFault>;

/** A fault of one job, with defaults. */
export type JobFault = z.output<typeof jobFault>;

/** Any fault, with defaults. */
export type CompleteFault = z.output<typeof fault>;

/**
 * Reads a fault.
 * @throws Error naming the invalid property.
 */
export function parseFault(input: unknown): CompleteFault {
  const parsed = kindOf(input).safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Error(z.prettifyError(parsed.error));
}

/** The kinds by the property that identifies them. */
const KINDS = { call: callFault, job: jobFault, rowError: rowFault, upsert: upsertFault };

function kindOf(input: unknown): (typeof KINDS)[keyof typeof KINDS] {
  for (const [name, kind] of Object.entries(KINDS)) {
    if (typeof input === 'object' && input !== null && name in input) return kind;
  }
  throw new Error('A fault names a call, a job, a rowError or an upsert');
}
