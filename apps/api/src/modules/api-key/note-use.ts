import type { KeyCaller } from '../../kernel/caller.ts'
import { perNode } from '../../kernel/per-node.ts'
import type { Services } from '../../kernel/services.ts'
import type { KeyRecord } from './key-record.ts'

/** When a key was last used is exact to this. */
const EXACT_TO_MS = 60_000
const GATHER_MS = 250

type Node = Pick<Services, 'changes' | 'pool' | 'clock' | 'logger'>

/** Notes that a key is in use; at most one write a minute and key, many keys at once. */
export function noteUse(services: Node, record: KeyRecord, now: number): void {
  if (now - record.lastUsedAt < EXACT_TO_MS) return
  record.lastUsedAt = now
  usesOf(services)(record.caller, now)
}

const usesOf = perNode(({ pool, logger }) => {
  let uses = new Map<KeyCaller, number>()

  async function write(): Promise<void> {
    const noted = uses
    uses = new Map()
    // the server is closing, and a note of use is not worth holding it up
    if (pool.ending) return
    try {
      await pool.query(
        `with used as materialized (
           select k.tenant_id, k.id, to_timestamp(n.at / 1000) as at
           from unnest($1::text[], $2::text[], $3::float8[]) n(tenant_id, id, at)
           join api_key k on k.tenant_id = n.tenant_id and k.id = n.id
           order by k.tenant_id, k.id for update of k
         )
         update api_key k set last_used_at = greatest(k.last_used_at, used.at)
         from used where k.tenant_id = used.tenant_id and k.id = used.id`,
        [[...noted.keys()].map(({ tenantId }) => tenantId), [...noted.keys()].map(({ keyId }) => keyId), [...noted.values()]],
      )
    } catch (error) {
      logger.warn({ err: error }, 'the last use of some API keys could not be written')
    }
  }

  return (caller: KeyCaller, at: number): void => {
    if (uses.size === 0) setTimeout(write, GATHER_MS).unref()
    uses.set(caller, at)
  }
})
