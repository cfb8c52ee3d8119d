import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterPlace } from '../cluster/locate-cluster.ts'
import { withRemedy } from '../cluster/remedy.ts'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'
import { adoptPostmaster } from './adopt-postmaster.ts'
import { isBlank, isServing, readPostmasterFile, removeStalePostmasterFile } from './postmaster-file.ts'
import { type RunOutcome, runPostmaster } from './run-postmaster.ts'
import { choosePort } from './server-port.ts'
import type { ServerRequest } from './server-request.ts'
import { stopPostmaster } from './stop-postmaster.ts'

export type ObtainedServer = { pid: number; port: number; adopted: boolean }

/** Endings that say "not now": another start was faster, its port was just taken, or a killed server's last children linger. */
const PASSING = /lock file "postmaster.pid" (already exists|is empty)|Address already in use|pre-existing shared memory block/

/**
 * The cluster's one running server: the one found, or a new one. What is found there is looked at again after every step,
 * because other starts, a server still shutting down and the remains of a crash all change it meanwhile.
 * @throws EmbeddedPostgresError with the server's own last lines when it cannot be had in time
 */
export async function obtainServer(request: ServerRequest): Promise<ObtainedServer> {
  const { place, binaries, startTimeoutMs, log } = request
  const deadline = Date.now() + startTimeoutMs
  let last: Exclude<RunOutcome, { kind: 'ready' }> | undefined
  while (Date.now() < deadline) {
    const file = readPostmasterFile(place.cluster)
    if (file && isServing(place.cluster, file)) {
      const verdict = await adoptPostmaster(request, file)
      if (verdict === 'adopted') return { pid: file.pid, port: file.port, adopted: true }
      if (verdict === 'restart') await stopPostmaster(place.cluster, file.pid, binaries)
      else await sleep(25)
    } else if (file?.pid === 0 && !(await isBlank(place.cluster, file))) {
      await sleep(25)
    } else {
      if (file) await removeStalePostmasterFile(place.cluster, file)
      const port = await choosePort(place.home, request.port)
      const outcome = await runPostmaster(place, binaries, serverSettings(request, port), { log, deadline })
      if (outcome.kind === 'ready') return { pid: outcome.pid, port, adopted: false }
      if (outcome.kind === 'too-slow' || !PASSING.test(outcome.output)) throw failure(place, outcome.how, outcome.output)
      last = outcome
      await sleep(50)
    }
  }
  throw failure(place, `was not ready within ${startTimeoutMs / 1000} seconds${whoIsInTheWay(place)}`, last?.output ?? '')
}

function whoIsInTheWay({ cluster }: ClusterPlace): string {
  const file = readPostmasterFile(cluster)
  if (!file || !isServing(cluster, file)) return ''
  return (
    `, because process ${file.pid} (${file.status || 'just starting'}) holds it and does not let us in. ` +
    `Stop that process; if it is no PostgreSQL, remove ${cluster}/postmaster.pid`
  )
}

function failure({ cluster, home }: ClusterPlace, how: string, output: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(withRemedy(`Starting PostgreSQL on ${cluster} failed: it ${how}`, output, home))
}

function serverSettings({ durable, settings }: ServerRequest, port: number): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
    port: String(port),
  }
}
