import { z } from 'zod'
import { AppError } from '../../kernel/app-error.ts'

/**
 * Asks better-auth for the way out to a provider; what else it would take there (an id token from elsewhere, scopes, data of the
 * caller's own) is not offered. Where the browser is sent afterwards is a page of this server.
 */
function providerRequest(publicUrl: string) {
  const page = z
    .string()
    .max(2_048)
    .refine((address) => leadsHere(address, publicUrl), 'must be a path of this server')
    .optional()
  return z.strictObject({
    provider: z.enum(['github', 'google']),
    callbackURL: page,
    errorCallbackURL: page,
    newUserCallbackURL: page,
    disableRedirect: z.boolean().optional(),
  })
}

/** @throws AppError input.malformed_json; ZodError with the field at fault */
export async function assertProviderRequest(request: Request, publicUrl: string): Promise<void> {
  let body: unknown
  try {
    body = await request.clone().json()
  } catch (error) {
    throw new AppError('input.malformed_json', { cause: error })
  }
  providerRequest(publicUrl).parse(body)
}

/**
 * Whether every reader takes this for a page of ours: plain printable ASCII without a backslash, and a path that stays what it is
 * when dots are taken out of it, with no empty part that some read as the start of a host.
 */
function leadsHere(address: string, publicUrl: string): boolean {
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(address)) return false
  const given = address.startsWith(`${publicUrl}/`) ? address.slice(publicUrl.length) : address
  const path = given.split(/[?#]/, 1)[0]!
  if (!path.startsWith('/') || path.includes('//') || /%(5c|2f|2e|0|1)/i.test(path)) return false
  const { origin, pathname } = new URL(given, publicUrl)
  return origin === new URL(publicUrl).origin && pathname === path
}
