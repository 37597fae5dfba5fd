/** A wrong call of a command; its message is for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
