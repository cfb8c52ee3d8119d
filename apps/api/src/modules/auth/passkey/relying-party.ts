import { isIP } from 'node:net'
import { AppError } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'

/** What a passkey is bound to: the name of this server, and the one origin its pages have. */
export interface RelyingParty {
  rpID: string
  origin: string
}

/** Ed25519, ECDSA with P-256 and RSA with SHA-256, in COSE's numbers: what devices have. Said, so that the library need not try which others the runtime knows. */
export const ALGORITHMS = [-8, -7, -257]

/** Passkeys are bound to a name. Where the server is reached by an IP address there are none. */
export function passkeysAvailable({ publicUrl }: Pick<Services, 'publicUrl'>): boolean {
  return isIP(new URL(publicUrl).hostname.replaceAll(/^\[|\]$/g, '')) === 0
}

/** @throws AppError auth.passkeys_unavailable */
export function relyingParty(services: Pick<Services, 'publicUrl'>): RelyingParty {
  if (!passkeysAvailable(services)) throw new AppError('auth.passkeys_unavailable')
  const { hostname, origin } = new URL(services.publicUrl)
  return { rpID: hostname, origin }
}
