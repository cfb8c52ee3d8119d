import type { SignedIn } from '@tollkeeper/shared'
import { z } from 'zod'
import type { SignedInUser } from '../../bridge/state.ts'

/** What outlives the console: enough to go on without asking again. */
export const KeptSignIn = z.object({
  refreshToken: z.string().min(1),
  user: z.object({ id: z.string(), email: z.string(), name: z.string(), operatorRole: z.string() }),
})
export type KeptSignIn = z.infer<typeof KeptSignIn>

/** A sign-in in use; the access token lives in this process's memory only. */
export interface SignIn extends KeptSignIn {
  access: { token: string; expiresAtMs: number } | null
}

/** Null when the person is not an operator: the console is for operators only. */
export function toSignIn(answer: SignedIn, nowMs: number): SignIn | null {
  const { id, email, name, operatorRole } = answer.user
  if (operatorRole === null) return null
  const user: SignedInUser = { id, email, name, operatorRole }
  return {
    user,
    refreshToken: answer.refreshToken,
    access: { token: answer.accessToken, expiresAtMs: nowMs + answer.accessTokenExpiresIn * 1000 },
  }
}
