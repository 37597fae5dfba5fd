import type { buildApp } from 'fauxqs';

type App = ReturnType<typeof buildApp>;

/** A message of DeleteMessageBatch. */
interface Entry {
  readonly Id: string;
  readonly ReceiptHandle?: unknown;
}

/** What DeleteMessage and DeleteMessageBatch take. */
interface Deletion {
  readonly ReceiptHandle?: unknown;
  Entries?: readonly Entry[];
}

/** What ReceiveMessage returns. */
interface Receipt {
  readonly Messages?: readonly { readonly ReceiptHandle?: unknown }[];
}

const code = 'ReceiptHandleIsInvalid';
const message = 'The input receipt handle is invalid.';

/** The failure of one entry of a batch. */
const failureOf = ({ Id }: Entry) => ({ Id, SenderFault: true, Code: code, Message: message });

/** Most entries of a batch. Source: Amazon SQS API reference, DeleteMessageBatch. */
const maxEntries = 10;

/** Whether SQS looks at the entries one by one, rather than refuse the batch, as fauxqs does too. */
const isBatch = (entries: readonly Entry[]): boolean =>
  entries.length <= maxEntries && new Set(entries.map(({ Id }) => Id)).size === entries.length;

/**
 * Refuses deletes by a handle that no message ever had, which fauxqs takes. One that a message had before
 * is taken, as by SQS. Source: Amazon SQS API reference, DeleteMessage and DeleteMessageBatch.
 */
export function refuseForeignHandles(app: App): void {
  const given = new Set<unknown>();
  const isForeign = (handle: unknown): boolean => typeof handle === 'string' && !given.has(handle);
  const failures = new WeakMap<object, ReturnType<typeof failureOf>[]>();
  app.addHook('preHandler', async (request, reply) => {
    const target = request.headers['x-amz-target'];
    const body = request.body as Deletion;
    if (target === 'AmazonSQS.DeleteMessage' && isForeign(body.ReceiptHandle)) {
      return reply
        .status(400)
        .header('content-type', 'application/x-amz-json-1.0')
        .header('x-amzn-query-error', `${code};Sender`)
        .send({ __type: `com.amazonaws.sqs#${code}`, message });
    }
    if (target !== 'AmazonSQS.DeleteMessageBatch') return undefined;
    const { Entries: entries = [] } = body;
    const [foreign = [], own = []] = [true, false].map((is) =>
      entries.filter(({ ReceiptHandle }) => isForeign(ReceiptHandle) === is),
    );
    const failed = foreign.map(failureOf);
    if (failed.length === 0 || !isBatch(entries)) return undefined;
    if (own.length === 0) return reply.send({ Successful: [], Failed: failed });
    body.Entries = own;
    failures.set(request, failed);
    return undefined;
  });
  app.addHook('preSerialization', async (request, _reply, payload) => {
    const { Messages: received = [] } = (payload ?? {}) as Receipt;
    for (const { ReceiptHandle } of received) given.add(ReceiptHandle);
    const failed = failures.get(request);
    if (failed === undefined) return payload;
    const result = payload as { readonly Failed?: readonly unknown[] };
    return { ...result, Failed: [...(result.Failed ?? []), ...failed] };
  });
}
