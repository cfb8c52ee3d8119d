import type { Failure } from '../../bridge/failure.ts'
import type { Connections } from '../connections/connections.ts'
import { failed } from '../console-error.ts'
import { fromServer, type ServerApi, serverApi } from '../server/server-api.ts'
import { toSignIn } from './sign-in.ts'
import type { SignIns } from './sign-ins.ts'

/** Runs `use` with a valid access token. @throws ConsoleError console.signed_out, or what the server answered */
export type WithAccess = <Value>(connectionId: string, use: (api: ServerApi) => Promise<Value>) => Promise<Value>

/** A token is renewed this long before it ends, so that none expires on its way. */
const EARLY_MS = 30_000
const tokenRefused = new Set(['auth.token_expired', 'auth.token_invalid', 'auth.unauthenticated'])
const signInOver = new Set([
  ...tokenRefused,
  'auth.session_ended',
  'auth.refresh_reused',
  'auth.user_suspended',
  'console.not_operator',
])

/** Holds the access tokens: renews them in time, and ends the sign-in when the server says that it is over. */
export function createAccess(
  connections: Connections,
  signIns: SignIns,
  onOver: (connectionId: string, reason: Failure) => Promise<void>,
): WithAccess {
  const renewals = new Map<string, Promise<string>>()
  const apiOf = (connectionId: string, token: string | null) => serverApi(connections.get(connectionId).url, token)

  /** One renewal at a time for a connection: a refresh token is good for one successor. */
  function renew(connectionId: string): Promise<string> {
    const running = renewals.get(connectionId)
    if (running) return running
    const renewal = exchange(connectionId).finally(() => renewals.delete(connectionId))
    renewals.set(connectionId, renewal)
    return renewal
  }

  async function exchange(connectionId: string): Promise<string> {
    const before = signIns.get(connectionId)
    if (!before) throw failed('console.signed_out')
    try {
      const answer = await apiOf(connectionId, null).auth.refresh.mutate({ refreshToken: before.refreshToken })
      const after = toSignIn(answer, Date.now())
      if (!after) throw failed('console.not_operator')
      if (signIns.get(connectionId) !== before) throw failed('console.signed_out')
      await signIns.put(connectionId, after)
      return answer.accessToken
    } catch (error) {
      const refusal = fromServer(error)
      if (signInOver.has(refusal.failure.code)) await onOver(connectionId, refusal.failure)
      throw refusal
    }
  }

  async function currentToken(connectionId: string): Promise<string> {
    const signIn = signIns.get(connectionId)
    if (!signIn) throw failed('console.signed_out')
    if (signIn.access && signIn.access.expiresAtMs - EARLY_MS > Date.now()) return signIn.access.token
    return renew(connectionId)
  }

  return async (connectionId, use) => {
    const token = await currentToken(connectionId)
    try {
      return await use(apiOf(connectionId, token))
    } catch (error) {
      const refusal = fromServer(error)
      const { code } = refusal.failure
      if (!tokenRefused.has(code)) {
        if (signInOver.has(code)) await onOver(connectionId, refusal.failure)
        throw refusal
      }
    }
    const renewed = signIns.get(connectionId)?.access?.token
    const next = renewed !== undefined && renewed !== token ? renewed : await renew(connectionId)
    try {
      return await use(apiOf(connectionId, next))
    } catch (error) {
      throw fromServer(error)
    }
  }
}
