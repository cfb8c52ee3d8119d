import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'
import { atExit } from '../host/at-exit.ts'
import type { PlatformBinaries } from '../host/platform-binaries.ts'
import { serverProcess } from '../server/server-process.ts'
import { initdbPidFile } from './draft.ts'
import type { ClusterPlace } from './locate-cluster.ts'
import { withRemedy } from './remedy.ts'

/**
 * Runs initdb to its end.
 * @throws EmbeddedPostgresError with what it said when it fails
 */
export async function runInitdb(place: ClusterPlace, { initdb }: PlatformBinaries, draft: string, args: string[]): Promise<void> {
  const child = spawn(initdb, args, { ...serverProcess(place), stdio: ['ignore', 'pipe', 'pipe'] })
  const forget = atExit(() => child.kill())
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(`could not be run: ${error.message}`))
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`))
  })
  if (child.pid) writeFileSync(initdbPidFile(draft), String(child.pid))
  const how = await ended
  forget()
  if (how === undefined) return
  throw new EmbeddedPostgresError(
    withRemedy(`Making the database in ${place.cluster} failed: initdb ${how}`, output.join(''), place.home),
  )
}
