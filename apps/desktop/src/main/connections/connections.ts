import { randomBytes } from 'node:crypto'
import type { ConnectionLook } from '../../bridge/connection.ts'
import { failed } from '../console-error.ts'
import { type ConnectionFile, readConnectionFile, type StoredConnection, writeConnectionFile } from './connection-file.ts'

/** The servers this console knows. Every change is on disk before it is answered. */
export interface Connections {
  readonly notice: string | null
  list(): readonly StoredConnection[]
  chosenId(): string | null
  /** @throws ConsoleError console.connection_unknown */
  get(id: string): StoredConnection
  /** @throws ConsoleError console.address_taken */
  add(look: ConnectionLook, url: string): Promise<StoredConnection>
  change(id: string, look: ConnectionLook): Promise<void>
  remove(id: string): Promise<void>
  choose(id: string): Promise<void>
  keepSignIn(id: string, sealedSignIn: string | undefined): Promise<void>
}

export async function openConnections(path: string, now: Date): Promise<Connections> {
  const read = await readConnectionFile(path, now)
  let file = read.file
  let writing: Promise<void> = Promise.resolve()

  /** Writes follow one another; a failed one does not stop the next. */
  function save(next: ConnectionFile): Promise<void> {
    file = next
    const write = () => writeConnectionFile(path, file)
    writing = writing.then(write, write)
    return writing
  }

  function get(id: string): StoredConnection {
    const connection = file.connections.find((candidate) => candidate.id === id)
    if (!connection) throw failed('console.connection_unknown')
    return connection
  }

  function replace(id: string, change: Partial<StoredConnection>): Promise<void> {
    get(id)
    return save({
      ...file,
      connections: file.connections.map((connection) => (connection.id === id ? { ...connection, ...change } : connection)),
    })
  }

  return {
    notice: read.notice,
    list: () => file.connections,
    chosenId: () => file.chosenId,
    get,
    add: async (look, url) => {
      if (file.connections.some((connection) => connection.url === url)) throw failed('console.address_taken')
      const connection = { id: `con_${randomBytes(16).toString('hex')}`, ...look, url }
      await save({ ...file, chosenId: connection.id, connections: [...file.connections, connection] })
      return connection
    },
    change: (id, look) => replace(id, look),
    remove: (id) => {
      get(id)
      const connections = file.connections.filter((connection) => connection.id !== id)
      return save({ ...file, connections, chosenId: file.chosenId === id ? (connections[0]?.id ?? null) : file.chosenId })
    },
    choose: (id) => save({ ...file, chosenId: get(id).id }),
    keepSignIn: (id, sealedSignIn) => replace(id, { sealedSignIn }),
  }
}
