/** No embedded server can run on this data directory. The message is one sentence that says what to change. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
