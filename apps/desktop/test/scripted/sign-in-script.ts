import type { SignedIn } from '@tollkeeper/shared'
import { type Call, Refusal } from './scripted-server.ts'

export interface SignInScript {
  /** What the poll answers: by default the tokens at once. */
  poll?: () => SignedIn
  operatorRole?: 'owner' | 'viewer' | null
  accessTokenExpiresIn?: number
  verificationUri?: string
  expiresIn?: number
}

/** A server where the device sign-in works, with tokens that can be told apart: `access-1`, `refresh-1`, `access-2`… */
export function signInScript(url: () => string, options: SignInScript = {}): Record<string, (call: Call) => unknown> {
  let turn = 0
  const tokens = (): SignedIn => {
    turn += 1
    return {
      accessToken: `access-${turn}`,
      accessTokenExpiresIn: options.accessTokenExpiresIn ?? 900,
      refreshToken: `refresh-${turn}`,
      tenants: [],
      user: {
        id: 'usr_1',
        email: 'op@example.com',
        emailVerified: true,
        name: 'Op',
        avatar: null,
        deletesAt: null,
        status: 'active',
        operatorRole: options.operatorRole === undefined ? 'owner' : options.operatorRole,
        createdAt: '2026-11-23T00:00:00Z',
      },
    }
  }
  return {
    'auth.device.start': () => ({
      deviceCode: 'device-code-secret',
      userCode: 'ABCD-EFGH',
      verificationUri: options.verificationUri ?? `${url()}/device`,
      verificationUriComplete: `${options.verificationUri ?? `${url()}/device`}?user_code=ABCD-EFGH`,
      expiresIn: options.expiresIn ?? 600,
      interval: 0,
    }),
    'auth.device.poll': () => (options.poll ? options.poll() : tokens()),
    'auth.refresh': ({ input }) => {
      if ((input as { refreshToken: string }).refreshToken !== `refresh-${turn}`) throw new Refusal('auth.refresh_reused')
      return tokens()
    },
    'auth.logout': () => ({ done: true }),
    'operator.overview': ({ bearer }) => {
      if (bearer !== `access-${turn}`) throw new Refusal('auth.token_expired')
      return { users: 1, tenants: 1, subscriptions: 0, decisionsToday: 0, deniedToday: 0 }
    },
  }
}
