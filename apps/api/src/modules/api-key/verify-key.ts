import { AppError } from '../../kernel/app-error.ts'
import type { KeyCaller } from '../../kernel/caller.ts'
import { perNode } from '../../kernel/per-node.ts'
import type { Services } from '../../kernel/services.ts'
import { KeyMemory } from './key-memory.ts'
import { assertUsable, type KeyRecord } from './key-record.ts'
import { noteUse } from './note-use.ts'
import { hashSecret, isWellFormed } from './secret.ts'

type Node = Pick<Services, 'changes' | 'pool' | 'clock' | 'logger'>

const memoryOf = perNode(({ changes, pool }) => new KeyMemory(changes, pool))

/**
 * Who a key speaks for. A key belongs to its tenant, so it goes on when the person who issued it leaves; whether the tenant may
 * act is asked by the decision, which can say why.
 * @throws AppError api_key.invalid, api_key.revoked, api_key.expired
 */
export async function verifyKey(services: Node, secret: string): Promise<KeyCaller> {
  if (!isWellFormed(secret)) throw new AppError('api_key.invalid')
  return admit(services, await memoryOf(services).get(hashSecret(secret)))
}

/**
 * The same without waiting, for a key this node remembers; undefined when it has to be looked up.
 * @throws AppError api_key.revoked, api_key.expired
 */
export function verifyRememberedKey(services: Node, secret: string): KeyCaller | undefined {
  const record = memoryOf(services).peek(hashSecret(secret))
  return record && admit(services, record)
}

function admit(services: Node, record: KeyRecord): KeyCaller {
  const now = services.clock.now().getTime()
  assertUsable(record, now)
  noteUse(services, record, now)
  return record.caller
}
