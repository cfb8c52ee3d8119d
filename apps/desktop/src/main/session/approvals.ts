import type { SignedIn } from '@tollkeeper/shared'
import { consoleFailure } from '../../bridge/failure.ts'
import type { SessionState } from '../../bridge/state.ts'
import { type ConsoleError, toFailure } from '../console-error.ts'
import { serverApi } from '../server/server-api.ts'
import { approvalAddress } from './approval-address.ts'
import { awaitApproval, startDeviceSignIn } from './device-sign-in.ts'

type WaitingState = Extract<SessionState, { kind: 'waiting' }>

interface Approval {
  state: WaitingState
  page: string
  stop: AbortController
}

export interface ApprovalPorts {
  changed: () => void
  openInBrowser: (url: string) => Promise<void>
  /** Called with the tokens once somebody approved. */
  approved: (connectionId: string, url: string, answer: SignedIn) => Promise<void>
  refused: (connectionId: string, failure: ConsoleError['failure']) => void
}

/** The sign-ins that wait for somebody to approve them in the system browser, at most one a connection. */
export function createApprovals({ changed, openInBrowser, approved, refused }: ApprovalPorts) {
  const waiting = new Map<string, Approval>()

  async function openPage(connectionId: string): Promise<void> {
    const approval = waiting.get(connectionId)
    if (!approval) return
    try {
      await openInBrowser(approval.page)
      approval.state = { ...approval.state, browserOpened: true, trouble: null }
    } catch (error) {
      console.warn('The system browser did not open.', error)
      approval.state = { ...approval.state, browserOpened: false, trouble: consoleFailure('console.browser_failed') }
    }
    changed()
  }

  function cancel(connectionId: string): void {
    waiting.get(connectionId)?.stop.abort()
    if (waiting.delete(connectionId)) changed()
  }

  async function start(connectionId: string, url: string): Promise<void> {
    cancel(connectionId)
    const api = serverApi(url, null)
    const code = await startDeviceSignIn(api, Date.now())
    const approval: Approval = {
      page: approvalAddress(code.verificationUriComplete, url),
      stop: new AbortController(),
      state: {
        kind: 'waiting',
        userCode: code.userCode,
        verificationUri: approvalAddress(code.verificationUri, url),
        expiresAt: new Date(code.expiresAtMs).toISOString(),
        browserOpened: false,
        trouble: null,
      },
    }
    waiting.set(connectionId, approval)
    void follow(connectionId, approval, async () => {
      const answer = await awaitApproval(api, code, approval.stop.signal, (trouble) => {
        approval.state = { ...approval.state, trouble }
        changed()
      })
      approval.stop.signal.throwIfAborted()
      await approved(connectionId, url, answer)
    })
    await openPage(connectionId)
  }

  async function follow(connectionId: string, approval: Approval, wait: () => Promise<void>): Promise<void> {
    try {
      await wait()
    } catch (error) {
      if (!approval.stop.signal.aborted) refused(connectionId, toFailure(error))
    }
    if (waiting.get(connectionId) !== approval) return
    waiting.delete(connectionId)
    changed()
  }

  return { start, cancel, openPage, state: (connectionId: string): WaitingState | null => waiting.get(connectionId)?.state ?? null }
}
