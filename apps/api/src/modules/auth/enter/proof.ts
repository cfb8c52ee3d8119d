import type { EntityManager } from '@mikro-orm/postgresql'
import type { LoginMethod, SecondFactorProof } from '@tollkeeper/shared'
import type { LoginAttempt } from '../attempt/login-attempt.ts'

/** That somebody is a person, and how they showed it. */
export interface Proof {
  userId: string
  method: LoginMethod
  /** The attempt this was, where it is on record already (see beginAttempt). */
  attempt?: LoginAttempt
  /** Asked while the person's row is held: throws when what was proved is so no more. Uses up what can be used once. */
  stillHolds?: (em: EntityManager) => Promise<void>
  /** What came with the first factor, where a second did. */
  secondFactor?: SecondFactorProof
  /** What the history calls the step that completed it, where that was not the first. */
  lastStep?: LoginMethod
}
