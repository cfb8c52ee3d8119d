import { type DestinationStream, pino } from 'pino'

/** Whatever a log line is given, these never reach it. */
const redacted = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  '*.password',
  '*.secret',
  '*.token',
  '*.accessToken',
  '*.refreshToken',
  '*.authorization',
  '*.cookie',
]

/**
 * JSON lines, with what must not be read taken out.
 * @param destination where they go; standard output unless said otherwise
 */
export function createLogger(level: string, destination?: DestinationStream) {
  const options = { level, redact: { paths: redacted, censor: '[redacted]' }, base: { service: 'tollkeeper' } }
  return destination ? pino(options, destination) : pino(options)
}
