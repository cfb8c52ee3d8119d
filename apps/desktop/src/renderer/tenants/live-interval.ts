import { failureOf } from '../api/failure-of.ts'

const EVERY_MS = 1_000
const CALMER_MS = 5_000

/** Once a second while the window is visible; slower while the server is away or asks for fewer calls. */
export function liveInterval(query: { state: { error: unknown } }): number | false {
  const { error } = query.state
  if (error === null) return EVERY_MS
  const { code } = failureOf(error)
  return code === 'tenant.not_found' || code === 'access.operator_only' ? false : CALMER_MS
}
