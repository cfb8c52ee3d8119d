import type { EntityManager } from '@mikro-orm/postgresql'
import { User } from '@tollkeeper/db'
import { type OperatorPermission, OperatorRole, operatorRoles } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { UserCaller } from '../../kernel/caller.ts'

/** Nobody gives or takes what they do not hold, and nobody acts on who holds more than they do. @throws AppError operator.beyond_role */
export function assertCovers(caller: UserCaller, role: string | null | undefined): void {
  const wanted = OperatorRole.nullish().parse(role)
  if (!wanted) return
  const held = caller.operatorRole === null ? [] : operatorRoles[caller.operatorRole]
  if (!operatorRoles[wanted].every((permission) => held.includes(permission))) throw new AppError('operator.beyond_role')
}

/** @throws AppError operator.own_account */
export function assertAnother(caller: UserCaller, userId: string): void {
  if (caller.userId === userId) throw new AppError('operator.own_account')
}

/**
 * Makes every change to who is an owner wait for the one before, so that of two last owners who let each other go one stays. Call it
 * before any row is locked.
 */
export async function oneOwnerChangeAtATime(em: EntityManager): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', ['owners of the installation'])
}

/** @throws AppError operator.last_owner when there is no other owner who can sign in */
export async function assertAnotherOwner(em: EntityManager, user: User): Promise<void> {
  if (user.operatorRole !== 'owner' || user.status !== 'active') return
  const others = await em.count(User, { operatorRole: 'owner', status: 'active', deleteAfter: null, id: { $ne: user.id } })
  if (others === 0) throw new AppError('operator.last_owner')
}

/** The same for a person who goes by their own wish. Call it before any row is locked. @throws AppError operator.last_owner */
export async function assertOwnersStay(em: EntityManager, userId: string): Promise<void> {
  await oneOwnerChangeAtATime(em)
  const user = await em.findOne(User, { id: userId })
  if (user) await assertAnotherOwner(em, user)
}

/**
 * The caller with their role as it is now. What this node remembers may be half a second old, which is long enough for an operator
 * who is being let go to make another.
 * @throws AppError access.operator_only, operator.permission_missing
 */
export async function callerAsOfNow(em: EntityManager, caller: UserCaller, permission: OperatorPermission): Promise<UserCaller> {
  const user = await em.findOne(User, { id: caller.userId, status: 'active' }, { refresh: true })
  const operatorRole = OperatorRole.nullish().parse(user?.operatorRole) ?? null
  if (operatorRole === null) throw new AppError('access.operator_only')
  if (!operatorRoles[operatorRole].includes(permission)) throw new AppError('operator.permission_missing')
  return { ...caller, operatorRole }
}
