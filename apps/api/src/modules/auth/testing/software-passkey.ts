import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** What a device may get wrong, or an attacker put right. */
export interface Signing {
  /** The page the browser says it is on. */
  origin: string
  rpId?: string
  counter?: number
  userHandle?: string
  /** False: the person was not asked for finger, face or PIN. */
  verified?: boolean
  challenge?: string
}

interface Options {
  publicKey: Record<string, unknown>
}

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/** A passkey in a program instead of a device: ES256, kept in memory, as obedient as a test wants it. */
export function softwarePasskey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  let userHandle = ''

  const clientData = (type: string, { publicKey: asked }: Options, { origin, challenge }: Signing) =>
    Buffer.from(JSON.stringify({ type, challenge: challenge ?? asked.challenge, origin, crossOrigin: false }))
  const authenticatorData = (
    rpId: string,
    { verified = true, counter: said }: Signing,
    attested: Uint8Array = new Uint8Array(),
  ) => {
    const flags = 0x01 | (verified ? 0x04 : 0) | (attested.length > 0 ? 0x40 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(said ?? ++counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, attested])
  }

  return {
    /** Answers navigator.credentials.create. */
    create(options: Options, signing: Signing) {
      const { rp, user } = options.publicKey as { rp: { id: string }; user: { id: string } }
      userHandle = user.id
      const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
      const cose = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(cose)])
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authenticatorData(signing.rpId ?? rp.id, signing, attested))],
      ])
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key' as const,
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', options, signing)),
          attestationObject: base64url(isoCBOR.encode(attestation as never)),
          transports: ['internal'],
        },
        clientExtensionResults: {},
        authenticatorAttachment: 'platform',
      }
    },

    /** Answers navigator.credentials.get. */
    get(options: Options, signing: Signing) {
      const data = authenticatorData(signing.rpId ?? String(options.publicKey.rpId), signing)
      const client = clientData('webauthn.get', options, signing)
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key' as const,
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
          userHandle: signing.userHandle ?? userHandle,
        },
        clientExtensionResults: {},
      }
    },
  }
}
