import { createHmac } from 'node:crypto'
import type { Secrets } from '../../../config/secrets.ts'
import { hashOfToken } from '../token/refresh-token.ts'

/** What a link is kept as: bound to its purpose, so that no other link is taken for it. */
export function hashOfLink(token: string): string {
  return hashOfToken(`sign_in_link ${token}`)
}

/** What a code is kept as. A million codes are tried in no time, so it takes the server's secret to try one. */
export function hashOfCode({ auth }: Pick<Secrets, 'auth'>, id: string, code: string): string {
  return createHmac('sha256', auth).update(`sign-in code ${id} ${code}`).digest('base64url')
}
