import { setTimeout as wait } from 'node:timers/promises'
import type { SignedIn } from '@tollkeeper/shared'
import type { Failure } from '../../bridge/failure.ts'
import { failed } from '../console-error.ts'
import { fromServer, type ServerApi } from '../server/server-api.ts'

export interface DeviceCode {
  deviceCode: string
  userCode: string
  verificationUriComplete: string
  verificationUri: string
  expiresAtMs: number
  intervalMs: number
}

/** Begins RFC 8628: the server names a code that the person approves in the browser. */
export async function startDeviceSignIn(api: ServerApi, nowMs: number): Promise<DeviceCode> {
  try {
    const started = await api.auth.device.start.mutate({ client: 'console' })
    return {
      deviceCode: started.deviceCode,
      userCode: started.userCode,
      verificationUri: started.verificationUri,
      verificationUriComplete: started.verificationUriComplete,
      expiresAtMs: nowMs + started.expiresIn * 1000,
      intervalMs: started.interval * 1000,
    }
  } catch (error) {
    throw fromServer(error)
  }
}

/**
 * Asks until somebody has answered. A server that is away for a moment does not end the wait; `onTrouble` tells about it.
 * @throws ConsoleError when it was refused or ran out; an AbortError when `signal` fires
 */
export async function awaitApproval(
  api: ServerApi,
  code: DeviceCode,
  signal: AbortSignal,
  onTrouble: (trouble: Failure | null) => void,
): Promise<SignedIn> {
  let pauseMs = code.intervalMs
  while (Date.now() < code.expiresAtMs) {
    await wait(pauseMs, undefined, { signal })
    try {
      return await api.auth.device.poll.mutate({ deviceCode: code.deviceCode }, { signal })
    } catch (error) {
      signal.throwIfAborted()
      const refusal = fromServer(error)
      if (isFinal(refusal.failure.code)) throw refusal
      if (refusal.failure.code === 'auth.device_slow_down') pauseMs += 5_000
      onTrouble(isTrouble(refusal.failure.code) ? refusal.failure : null)
    }
  }
  throw failed('console.sign_in_expired')
}

function isFinal(code: string): boolean {
  return code === 'auth.device_denied' || code === 'auth.device_expired' || code === 'auth.user_suspended'
}

function isTrouble(code: string): boolean {
  return code !== 'auth.device_pending' && code !== 'auth.device_slow_down'
}
