import { createHash } from 'node:crypto'

/**
 * The idempotency key of a call: its purpose and a hash of all it says. The same call has the same key on every node and after
 * a crash, and another call can never be answered with this one's answer.
 */
export function requestKey(purpose: string, ...said: unknown[]): string {
  return `tollkeeper:${purpose}:${createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 40)}`
}
