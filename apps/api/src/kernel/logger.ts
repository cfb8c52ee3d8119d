import { pino } from 'pino'

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

export function createLogger(level: string) {
  return pino({ level, redact: { paths: redacted, censor: '[redacted]' }, base: { service: 'tollkeeper' } })
}
