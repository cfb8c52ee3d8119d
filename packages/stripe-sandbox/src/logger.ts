/** What the sandbox needs of a logger; pino's and Fastify's fit. */
export interface Logger {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

export const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
