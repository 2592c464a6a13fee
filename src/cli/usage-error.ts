/** The command line was not used as its help says; the message is one sentence that says what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
