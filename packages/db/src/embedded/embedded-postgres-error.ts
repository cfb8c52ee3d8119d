/** The embedded database could not be used. The message says what happened and what the person at the keyboard can do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}
