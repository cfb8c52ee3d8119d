import { z } from 'zod'
import type { ProbedServer } from '../../bridge/channels.ts'
import { serverAddress } from '../connections/server-address.ts'
import { failed } from '../console-error.ts'
import { readJson } from './read-json.ts'
import { serverFetch } from './server-fetch.ts'

const Health = z.object({ status: z.literal('alive'), version: z.string().max(64) })

/**
 * Whether a Tollkeeper server lives at an address, and which.
 * @throws ConsoleError console.address_…, console.server_…, console.not_tollkeeper
 */
export async function probeServer(typed: string): Promise<ProbedServer> {
  const url = serverAddress(typed)
  const response = await serverFetch(`${url}/healthz`, {}, 6_000)
  const health = Health.safeParse(response.ok ? await readJson(response) : null)
  if (!health.success) throw failed('console.not_tollkeeper')
  return { url, version: health.data.version }
}
