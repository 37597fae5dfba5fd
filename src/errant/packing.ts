/** The most messages of one call. Source: SQS API reference, SendMessageBatch. */
const messagesOfACall = 10;

/** How much one part may hold. */
interface PartLimits<T> {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly bytesOf: (item: T) => number;
}

/**
 * Cuts items, in order, into as few parts as their number and their bytes together allow. An item
 * that is too long by itself has a part of its own.
 */
export function partsOf<T>(items: readonly T[], limits: PartLimits<T>): T[][] {
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

/** Packs messages, in order, into as few calls as their number and their bytes together allow. */
export function packed(messages: readonly string[], maxBytes: number): string[][] {
  return partsOf(messages, {
    maxItems: messagesOfACall,
    maxBytes,
    bytesOf: (message) => Buffer.byteLength(message),
  });
}
