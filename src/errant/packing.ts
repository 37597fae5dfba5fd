/** Source: SQS API reference, SendMessageBatch. */
const maxMessagesPerCall = 10;

/** The limits of one part. */
interface PartLimits<T> {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly bytesOf: (item: T) => number;
}

/**
 * Splits items, in order, into as few parts as the limits allow. An item above `maxBytes` gets its
 * own part.
 */
export function splitByLimits<T>(items: readonly T[], limits: PartLimits<T>): T[][] {
  const parts: T[][] = [];
  let last: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = limits.bytesOf(item);
    const isFull = last.length === limits.maxItems || bytes + size > limits.maxBytes;
    if (last.length === 0 || isFull) {
      last = [];
      parts.push(last);
      bytes = 0;
    }
    last.push(item);
    bytes += size;
  }
  return parts;
}

/** Splits messages, in order, into as few calls of SendMessageBatch as SQS's limits allow. */
export function packMessages(messages: readonly string[], maxBytes: number): string[][] {
  return splitByLimits(messages, {
    maxItems: maxMessagesPerCall,
    maxBytes,
    bytesOf: (message) => Buffer.byteLength(message),
  });
}
