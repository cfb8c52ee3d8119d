import type { Connections } from '../connections/connections.ts'
import type { Vault } from '../secrets/vault.ts'
import { KeptSignIn, type SignIn } from './sign-in.ts'

/** Who each connection is signed in as: in memory, and, where the system encrypts, on disk. */
export interface SignIns {
  get(connectionId: string): SignIn | null
  put(connectionId: string, signIn: SignIn): Promise<void>
  drop(connectionId: string): Promise<void>
}

export async function openSignIns(connections: Connections, vault: Vault): Promise<SignIns> {
  const present = new Map<string, SignIn>()
  for (const connection of connections.list()) {
    const text = connection.sealedSignIn === undefined ? null : await vault.open(connection.sealedSignIn)
    const kept = text === null ? null : KeptSignIn.safeParse(parse(text))
    if (kept?.success) present.set(connection.id, { ...kept.data, access: null })
  }
  return {
    get: (connectionId) => present.get(connectionId) ?? null,
    put: async (connectionId, signIn) => {
      present.set(connectionId, signIn)
      const { refreshToken, user } = signIn
      const sealed = await vault.seal(JSON.stringify({ refreshToken, user }))
      // a later put has overtaken this one while it was sealed
      if (present.get(connectionId) !== signIn) return
      if (sealed !== null) await connections.keepSignIn(connectionId, sealed)
    },
    drop: async (connectionId) => {
      present.delete(connectionId)
      await connections.keepSignIn(connectionId, undefined)
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
