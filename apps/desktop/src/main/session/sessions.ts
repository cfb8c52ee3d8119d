import type { SignedIn } from '@tollkeeper/shared'
import type { Failure } from '../../bridge/failure.ts'
import type { SessionState } from '../../bridge/state.ts'
import type { Connections } from '../connections/connections.ts'
import { failed, toFailure } from '../console-error.ts'
import type { Vault } from '../secrets/vault.ts'
import { serverApi } from '../server/server-api.ts'
import { createAccess, type WithAccess } from './access.ts'
import { createApprovals } from './approvals.ts'
import { toSignIn } from './sign-in.ts'
import type { SignIns } from './sign-ins.ts'

export interface SessionPorts {
  connections: Connections
  signIns: SignIns
  vault: Vault
  /** Called when a session's state has changed. */
  changed: () => void
  openInBrowser: (url: string) => Promise<void>
}

/** Signing in to servers and out of them. Tokens stay behind `withAccess`. */
export interface Sessions {
  state(connectionId: string): SessionState
  /** @throws ConsoleError when the server cannot be asked */
  start(connectionId: string): Promise<void>
  openBrowser(connectionId: string): Promise<void>
  cancel(connectionId: string): void
  /** Ends the sign-in here in any case, and on the server when it answers. */
  end(connectionId: string): Promise<{ serverTold: boolean }>
  withAccess: WithAccess
}

export function createSessions({ connections, signIns, vault, changed, openInBrowser }: SessionPorts): Sessions {
  const reasons = new Map<string, Failure>()
  const approvals = createApprovals({
    changed,
    openInBrowser,
    refused: (connectionId, failure) => reasons.set(connectionId, failure),
    approved: accept,
  })
  const withAccess = createAccess(connections, signIns, async (connectionId, reason) => {
    reasons.set(connectionId, reason)
    await signIns.drop(connectionId)
    changed()
  })

  async function accept(connectionId: string, url: string, answer: SignedIn): Promise<void> {
    const signIn = toSignIn(answer, Date.now())
    if (signIn) return signIns.put(connectionId, signIn)
    await leave(() => serverApi(url, answer.accessToken).auth.logout.mutate())
    throw failed('console.not_operator', `(${answer.user.email})`)
  }

  return {
    withAccess,
    state: (connectionId) => {
      const waiting = approvals.state(connectionId)
      if (waiting) return waiting
      const signIn = signIns.get(connectionId)
      if (signIn) return { kind: 'signed-in', user: signIn.user, keeping: vault.keeping }
      return { kind: 'signed-out', reason: reasons.get(connectionId) ?? null }
    },
    start: async (connectionId) => {
      reasons.delete(connectionId)
      await approvals.start(connectionId, connections.get(connectionId).url)
    },
    openBrowser: approvals.openPage,
    cancel: approvals.cancel,
    end: async (connectionId) => {
      approvals.cancel(connectionId)
      const serverTold =
        signIns.get(connectionId) === null ||
        (await leave(() =>
          withAccess(connectionId, (api) => api.auth.logout.mutate(undefined, { signal: AbortSignal.timeout(5_000) })),
        ))
      await signIns.drop(connectionId)
      reasons.delete(connectionId)
      changed()
      return { serverTold }
    },
  }
}

/** Whether the server could be told. A sign-in nobody holds any more ends by itself there. */
async function leave(logout: () => Promise<unknown>): Promise<boolean> {
  try {
    await logout()
    return true
  } catch (error) {
    console.warn('The server was not told of the sign-out:', toFailure(error).code)
    return false
  }
}
