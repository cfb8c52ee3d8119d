import type { OperatorRole } from '@tollkeeper/shared'
import type { TestApp, TestPerson } from '../../../testing/index.ts'

/** A person who was given an operator role the way people are: by an owner. */
export async function operatorWith(app: TestApp, role: OperatorRole): Promise<TestPerson> {
  const [owner, person] = [await app.operator(), await app.person(`The ${role}`)]
  const answer = await owner.call('PUT', `/users/${person.userId}/role`, { role })
  if (answer.status !== 200) throw new Error(`No ${role} was made: ${JSON.stringify(answer.body)}`)
  return person
}
