import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'
import { askServer, databaseUrl } from './connection.ts'
import { type PostmasterFile, readPostmasterFile } from './postmaster-file.ts'
import type { ServerRequest } from './server-request.ts'

/** `wait`: it is starting, stopping or busy, look again. `restart`: it is nobody's, and not set as wanted. */
export type AdoptionVerdict = 'adopted' | 'wait' | 'restart'

/**
 * Judges a running server that an earlier process left behind, or that another one is using right now.
 * @throws EmbeddedPostgresError when it refuses our password, or when another program uses it with other settings
 */
export async function adoptPostmaster(request: ServerRequest, file: PostmasterFile): Promise<AdoptionVerdict> {
  if (file.status !== 'ready') return 'wait'
  const { place, password, durable, port } = request
  const answer = await askServer(databaseUrl(password, file.port)).catch((error: Error & { code?: string }) => {
    if (error.code !== '28P01') return undefined
    throw new EmbeddedPostgresError(
      `The PostgreSQL running on ${place.cluster} (pid ${file.pid}) does not accept the password kept there. Somebody changed it: ` +
        `set the password of the role "postgres" back to the text in ${place.cluster}/tollkeeper.password.`,
    )
  })
  if (answer?.cluster !== place.cluster) return 'wait'
  if (answer.durable === durable && (port === undefined || port === file.port)) return statusAfter(request)
  if (request.holder.isAlone()) return 'restart'
  throw new EmbeddedPostgresError(
    `The database in ${place.cluster} is in use by another program on port ${file.port}${answer.durable ? '' : ' without durability'}. ` +
      'Stop that program, or start with the same settings.',
  )
}

/** Its last user may have told it to stop while we asked. */
function statusAfter({ place }: ServerRequest): AdoptionVerdict {
  return readPostmasterFile(place.cluster)?.status === 'ready' ? 'adopted' : 'wait'
}
