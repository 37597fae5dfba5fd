/** A reply of the API: the status, and the body as JSON. */
export interface Reply {
  status: number;
  body: Record<string, unknown>;
}

/** An error of the API. */
export const error = (type: string, fields: object): Reply => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...fields },
});

/** Why DynamoDB cancels a transaction, by the error of a single put. */
const reasons: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

/** The error of a single put as a reason; null: one for which no transaction is cancelled. */
function reasonOf(refusal: Reply['body']): { Code: string; Message: unknown } | null {
  const Code = reasons[String(refusal['__type']).split('#').at(-1) ?? ''];
  if (Code === undefined) return null;
  return { Code, Message: refusal['message'] ?? 'The conditional request failed' };
}

/**
 * The reply to a transaction of which puts were refused, with the reason of each item in order; other
 * errors are passed on.
 */
export function canceled(refusals: ReadonlyMap<number, Reply['body']>, count: number): Reply {
  const other = [...refusals.values()].find((refusal) => reasonOf(refusal) === null);
  if (other !== undefined) return { status: 400, body: other };
  const all = Array.from({ length: count }, (_, at) => {
    const refusal = refusals.get(at);
    return (refusal && reasonOf(refusal)) ?? { Code: 'None' };
  });
  const codes = all.map((one) => one.Code).join(', ');
  const Message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return error('TransactionCanceledException', { Message, CancellationReasons: all });
}
