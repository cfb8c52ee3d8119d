import { leaseToken } from '@tollkeeper/shared'
import { SignJWT } from 'jose'
import type { Services } from '../../kernel/services.ts'
import { signingKey } from '../auth/index.ts'

interface SaidOfLease {
  leaseId: string
  tenantId: string
  callerId: string
  feature: string
  units: number
  /** So that the answer to one request cannot be passed off as that to another. */
  requestId: string | undefined
  expiresAt: Date
}

/** A lease as whoever has our public keys can read it without asking. Its type and audience are its own: it opens nothing here. */
export async function signLease(services: Services, lease: SaidOfLease): Promise<string> {
  const { kid, privateKey } = await signingKey(services)
  const { leaseId, tenantId, callerId, feature, units, requestId, expiresAt } = lease
  return new SignJWT({ feature, units, caller: callerId, nonce: requestId })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: leaseToken.type })
    .setIssuer(services.publicUrl)
    .setAudience(leaseToken.audience)
    .setSubject(tenantId)
    .setJti(leaseId)
    .setIssuedAt(services.clock.now())
    .setExpirationTime(expiresAt)
    .sign(privateKey)
}
