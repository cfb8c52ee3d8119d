/** The server's public keys, as `/.well-known/jwks.json` tells them. */
export interface LeaseKeys {
  keys: readonly { kid?: string; kty?: string; crv?: string; x?: string }[]
}

/** What a lease token says. */
export interface LeaseClaims {
  leaseId: string
  tenantId: string
  /** Who took it: the id of a key or a person. */
  callerId: string
  /** Of the request it answers; null where that had none. */
  requestId: string | null
  feature: string
  units: number
  /** Milliseconds since 1970, by the server's clock. */
  issuedAt: number
  expiresAt: number
}

const TYPE = 'tollkeeper-lease+jwt'
const AUDIENCE = 'tollkeeper-lease'

/**
 * What a lease token says, once its signature (Ed25519, RFC 8037) and its purpose hold. Nobody is asked: the keys are those the
 * caller has. Whether it has expired is for the caller's clock to say.
 * @throws Error where it is not a lease of the server whose keys these are
 */
export async function verifyLease(token: string, { keys }: LeaseKeys): Promise<LeaseClaims> {
  const [head, body, signature, ...more] = token.split('.')
  if (!head || !body || !signature || more.length > 0) throw new Error('This is not a lease token.')
  const header = readPart(head)
  if (header.alg !== 'EdDSA' || header.typ !== TYPE || header.crit !== undefined) throw new Error('This token is not a lease.')
  const key = keys.find(({ kid, kty, crv }) => kid === header.kid && kty === 'OKP' && crv === 'Ed25519')
  if (!key?.x) throw new Error('The key that signed this lease is not among those that are known.')
  const opened = await crypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x: key.x }, { name: 'Ed25519' }, false, [
    'verify',
  ])
  const signed = new TextEncoder().encode(`${head}.${body}`)
  if (!(await crypto.subtle.verify({ name: 'Ed25519' }, opened, fromBase64Url(signature), signed)))
    throw new Error('The signature of this lease does not hold.')
  const { aud, jti, sub, caller, feature, units, iat, exp, nonce } = readPart(body)
  if (aud !== AUDIENCE) throw new Error('This token is not a lease.')
  if (![jti, sub, caller, feature].every((text) => typeof text === 'string') || ![units, iat, exp].every(Number.isSafeInteger))
    throw new Error('This lease does not say all that it must.')
  return {
    leaseId: jti as string,
    tenantId: sub as string,
    callerId: caller as string,
    requestId: typeof nonce === 'string' ? nonce : null,
    feature: feature as string,
    units: units as number,
    issuedAt: (iat as number) * 1000,
    expiresAt: (exp as number) * 1000,
  }
}

function readPart(part: string): Record<string, unknown> {
  const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(part)))
  if (value === null || typeof value !== 'object') throw new Error('This is not a lease token.')
  return value as Record<string, unknown>
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
