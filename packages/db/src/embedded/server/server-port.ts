import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'
import { readIfThere } from '../host/read-if-there.ts'
import { writeFileAtomically } from '../host/write-file-atomically.ts'

/** Below the range systems hand out for outgoing connections, above the usual ports of PostgreSQL itself. */
const FIRST_PORT = 15_432
const PORTS = 10_000
/** The last children of a server that was killed hold its port for moments after it is gone. */
const LINGERS_MS = 500

/**
 * A free port: the wanted one; else the one this folder had last time, so that open tools find the database again; else one
 * derived from the folder's name.
 * @throws EmbeddedPostgresError when the wanted one is taken
 */
export async function choosePort(home: string, wanted?: number): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted)) return wanted
    throw new EmbeddedPostgresError(
      `Port ${wanted} is taken by another program, so PostgreSQL cannot listen on it. Stop that program or choose another port.`,
    )
  }
  const kept = Number(await readIfThere(join(home, 'port')))
  if (Number.isInteger(kept) && kept > 0 && kept < 65_536 && (await becomesFree(kept))) return kept
  const start = createHash('sha256').update(home).digest().readUInt32BE() % PORTS
  for (let step = 0; step < PORTS; step++) {
    const port = FIRST_PORT + ((start + step) % PORTS)
    if (await isFree(port)) return port
  }
  throw new EmbeddedPostgresError(`No port from ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1} is free on 127.0.0.1 for PostgreSQL.`)
}

/** Remembers the port for the next start. */
export async function keepPort(home: string, port: number): Promise<void> {
  const path = join(home, 'port')
  if (Number(await readIfThere(path)) !== port) await writeFileAtomically(path, `${port}\n`)
}

async function becomesFree(port: number): Promise<boolean> {
  const giveUpAt = performance.now() + LINGERS_MS
  while (!(await isFree(port))) {
    if (performance.now() > giveUpAt) return false
    await sleep(25)
  }
  return true
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
