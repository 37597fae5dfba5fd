/** What SQS refuses in a message. Source: Amazon SQS API reference, SendMessage. */
const refused = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** The module of fauxqs with its pattern of what it refuses. */
interface Types {
  readonly INVALID_MESSAGE_BODY_CHAR: RegExp;
}

/**
 * Makes fauxqs take the characters beyond U+FFFF, such as emoji, as SQS does: its pattern sees the two
 * halves of each. fauxqs has no setting for it, and does not export the pattern.
 */
export async function takeAllCharacters(): Promise<void> {
  const path = new URL('sqs/sqsTypes.js', import.meta.resolve('fauxqs')).href;
  const { INVALID_MESSAGE_BODY_CHAR: pattern } = (await import(path)) as Types;
  pattern.test = (body) => refused.test(body);
}
