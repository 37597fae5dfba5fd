import type { HttpRequest } from '../../../src/runtime/http/send.ts';
import type { WholeReply } from '../../support/fault-proxy/forward.ts';

/** Something that an org does all the time: no fault that passes, so it is never lifted. */
export interface Behaviour {
  /** Milliseconds that a reply takes, by the sink's clock. */
  readonly lag?: (request: HttpRequest) => number;
  /** The calls whose replies it writes otherwise, and how. */
  readonly rewrites?: {
    readonly steps: readonly string[];
    readonly reply: (reply: WholeReply) => WholeReply;
  };
}

const results = ['successfulResults', 'failedResults', 'unprocessedrecords'] as const;

/** A results file without rows: nothing after its header. */
const isEmptyFile = ({ status, body }: WholeReply): boolean =>
  status === 200 && !/\n./.test(body.toString('utf8'));

const emptyAs = (status: number): Behaviour => ({
  rewrites: {
    steps: results,
    reply: (reply) => (isEmptyFile(reply) ? { ...reply, status, body: Buffer.alloc(0) } : reply),
  },
});

/** The counters of a job that failed on the server side stay as they began. */
function withoutCounters(reply: WholeReply): WholeReply {
  const text = reply.body.toString('utf8');
  if (!/"state"\s*:\s*"Failed"/.test(text)) return reply;
  const counted = /"(numberRecordsProcessed|numberRecordsFailed)"\s*:\s*\d+/g;
  return { ...reply, body: Buffer.from(text.replace(counted, '"$1":0')) };
}

const isResult = ({ url }: HttpRequest): boolean => results.some((name) => url.includes(name));

/** The behaviours of orgs. A new one is an entry here and a weight in `draw.ts`. */
export const behaviours = {
  'empty results are 204': emptyAs(204),
  'empty results are nothing': emptyAs(200),
  'failed jobs count nothing': { rewrites: { steps: ['info'], reply: withoutCounters } },
  'slow results': { lag: (request) => (isResult(request) ? 8_000 : 0) },
  'slow calls': { lag: () => 400 },
} as const satisfies Record<string, Behaviour>;

/** The name of a habit. */
export type BehaviourName = keyof typeof behaviours;
