import { OperatorRole, operatorRoles } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../testing/eventually.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { operatorWith } from './testing/operator-with.ts'

let app: TestApp
let owner: TestPerson

beforeAll(async () => {
  app = await startTestApp()
  owner = await app.operator()
})
afterAll(() => app[Symbol.asyncDispose]())

const setRole = (by: TestPerson, whom: TestPerson, role: OperatorRole | null) =>
  by.call('PUT', `/users/${whom.userId}/role`, { role })

test('nobody gives or takes a role that holds what they do not, whichever of the roles the two of them have', async () => {
  const people = new Map<OperatorRole, TestPerson>()
  for (const role of OperatorRole.options) people.set(role, await operatorWith(app, role))
  const target = await app.person('Target')
  for (const [giver, person] of people) {
    for (const role of OperatorRole.options) {
      const held = operatorRoles[giver]
      const may = held.includes('operator:assign') && operatorRoles[role].every((permission) => held.includes(permission))
      const { status, body } = await setRole(person, target, role)
      expect(status, `${giver} gives ${role}: ${JSON.stringify(body)}`).toBe(may ? 200 : 403)
      await setRole(owner, target, role)
      expect((await setRole(person, target, null)).status, `${giver} takes ${role}`).toBe(may ? 200 : 403)
      await setRole(owner, target, null)
    }
  }
  for (const person of people.values()) await setRole(owner, person, null)
})

test('the last owner stays, also when two owners let each other go at once', async () => {
  expect((await setRole(owner, owner, 'admin')).body).toMatchObject({ code: 'operator.last_owner' })
  expect((await setRole(owner, owner, null)).body).toMatchObject({ code: 'operator.last_owner' })
  const second = await operatorWith(app, 'owner')
  const answers = await Promise.all([setRole(owner, second, null), setRole(second, owner, null)])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const { rows } = await app.services.pool.query<{ email: string }>(`select email from "user" where operator_role = 'owner'`)
  expect(rows).toHaveLength(1)
  if (rows[0]!.email !== owner.email) await setRole(second, owner, 'owner')
  await setRole(owner, second, null)
})

test('a role that was taken soon opens nothing on any node, and both are on record', async () => {
  const node = await app.secondNode()
  const viewer = await operatorWith(app, 'viewer')
  const there = callerOf(node.url, { authorization: `Bearer ${viewer.accessToken}` })
  expect((await there('GET', '/users')).status).toBe(200)
  await setRole(owner, viewer, null)
  expect((await viewer.call('GET', '/users')).body).toMatchObject({ code: 'access.operator_only' })
  await eventually(
    () => there('GET', '/users'),
    ({ status }) => status === 403,
  )
  const { rows } = await app.services.pool.query(
    `select actor_id, details from audit_entry where action = 'operator.role_set' and target = $1 order by id`,
    [viewer.userId],
  )
  expect(rows).toEqual([
    { actor_id: owner.userId, details: { before: null, after: 'viewer' } },
    { actor_id: owner.userId, details: { before: 'viewer', after: null } },
  ])
})
