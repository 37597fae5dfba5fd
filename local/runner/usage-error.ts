/** What the person who called a command can put right by calling it differently; one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
