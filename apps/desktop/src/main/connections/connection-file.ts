import { rename } from 'node:fs/promises'
import { z } from 'zod'
import { ConnectionId, ConnectionLook } from '../../bridge/connection.ts'
import { readIfThere } from '../storage/read-if-there.ts'
import { writeAtomically } from '../storage/write-atomically.ts'

export const StoredConnection = ConnectionLook.extend({
  id: ConnectionId,
  url: z.url({ protocol: /^https?$/ }),
  /** The sign-in, encrypted by the system, base64; absent: none is kept on disk. */
  sealedSignIn: z.string().optional(),
})
export type StoredConnection = z.infer<typeof StoredConnection>

const ConnectionFile = z.strictObject({
  version: z.literal(1),
  chosenId: ConnectionId.nullable(),
  connections: z.array(StoredConnection).max(100),
})
export type ConnectionFile = z.infer<typeof ConnectionFile>

/** The stored connections. A file that cannot be read is put aside, not overwritten, and the person is told. */
export async function readConnectionFile(path: string, now: Date): Promise<{ file: ConnectionFile; notice: string | null }> {
  const empty: ConnectionFile = { version: 1, chosenId: null, connections: [] }
  const text = await readIfThere(path)
  if (text === null) return { file: empty, notice: null }
  const parsed = ConnectionFile.safeParse(parseJson(text))
  if (parsed.success) return { file: parsed.data, notice: null }
  const aside = `${path}.unreadable-${now.getTime()}`
  await rename(path, aside)
  return { file: empty, notice: `The list of connections could not be read. It was kept as ${aside}; connect again.` }
}

export async function writeConnectionFile(path: string, file: ConnectionFile): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(file, null, 2)}\n`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
