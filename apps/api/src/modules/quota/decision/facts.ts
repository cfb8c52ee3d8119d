import type { Permission, TenantRole, UserView } from '@tollkeeper/shared'
import type { KeyCaller, UserCaller } from '../../../kernel/caller.ts'
import type { RoomFact } from '../../../kernel/ports/quota-engine.ts'
import type { CatalogFeature } from '../../catalog/index.ts'
import type { TenantFacts } from '../tenant-facts.ts'

/** Who asks, and for which tenant. */
export interface Subject {
  caller: UserCaller | KeyCaller
  tenantId: string
  role: TenantRole | null
  permissions: readonly Permission[]
}

/** What is left of a feature in the present window. */
export type Room = Omit<RoomFact, 'featureKey'>

/** Everything a decision is made of. The steps look at nothing else. */
export interface DecisionFacts {
  subject: Subject
  /** Of the person who asks; null for an API key. */
  userStatus: UserView['status'] | null
  tenant: TenantFacts
  feature: CatalogFeature
  /** In units of the feature. */
  amount: number
  /** Null while it is not known: `authorize` leaves that to the commit that counts. */
  room: Room | null
  /** Milliseconds of the epoch. */
  now: number
}
