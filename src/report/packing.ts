/** The most messages of one call. Source: SQS API reference, SendMessageBatch. */
const messagesOfACall = 10;

/** Packs messages, in order, into as few calls as their number and their bytes together allow. */
export function packed(messages: readonly string[], maxBytes: number): string[][] {
  const calls: string[][] = [];
  let last: string[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message);
    if (last.length === 0 || last.length === messagesOfACall || bytes + size > maxBytes) {
      last = [];
      calls.push(last);
      bytes = 0;
    }
    last.push(message);
    bytes += size;
  }
  return calls;
}
