import { expect, test } from 'vitest'
import { callerOf, startTestApp } from './testing/index.ts'
import { attemptsOf } from './testing/isolation-matrix.ts'
import { powerlessPrincipals } from './testing/principals.ts'
import { checksumOfTenant } from './testing/tenant-rows.ts'
import { mayBeDoneForAnother } from './trpc/impersonation.ts'

const codeIn = (body: unknown) => {
  const over = body as { code?: string; error?: { data?: { code?: string } } }
  return over.code ?? over.error?.data?.code
}

test('who is half signed in, expired, revoked or suspended can do nothing over any procedure or route but what is declared for them', async () => {
  await using app = await startTestApp()
  const wrong: string[] = []
  for (const { person, principal } of await powerlessPrincipals(app)) {
    const ids = { usr: person.userId, ten: person.tenantId }
    const before = await checksumOfTenant(app.services.pool, person.tenantId)
    const attempts = attemptsOf({ ...principal, isOperator: false, isAnonymous: false }, ids, person.tenantId)
    const refused = attempts.filter(({ permission }) => !principal.mayAsk(permission!))
    expect(refused.length, `${principal.name} is tried with every procedure`).toBeGreaterThan(100)
    const judge = async ({ label, send }: (typeof attempts)[number]) => {
      const { status, body } = await send()
      if (status < 400 || !principal.refusedWith.includes(codeIn(body) ?? ''))
        wrong.push(`${label} answered ${status} ${codeIn(body)}`)
    }
    for (let next = 0; next < refused.length; next += 20) await Promise.all(refused.slice(next, next + 20).map(judge))
    if ((await checksumOfTenant(app.services.pool, person.tenantId)) !== before) wrong.push(`${principal.name} changed a row`)
  }
  expect(wrong).toEqual([])
}, 300_000)

test('who acts as somebody else looks around, and changes nothing', async () => {
  await using app = await startTestApp()
  const [person, operator] = [await app.person(), await app.operator()]
  const { body } = await operator.call('POST', `/users/${person.userId}/impersonate`, { reason: 'a test' })
  const call = callerOf(app.url, { authorization: `Bearer ${(body as { accessToken: string }).accessToken}` })
  const ids = { usr: person.userId, ten: person.tenantId }
  const wrong: string[] = []
  for (const { label, meta, send } of attemptsOf(
    { name: 'impersonator', call, isOperator: false, isAnonymous: false },
    ids,
    person.tenantId,
  )) {
    if (mayBeDoneForAnother(meta)) continue
    const answer = await send()
    if (answer.status !== 403 || !['access.impersonated', 'access.operator_only'].includes(codeIn(answer.body) ?? ''))
      wrong.push(`${label} answered ${answer.status} ${codeIn(answer.body)}`)
  }
  expect(wrong).toEqual([])
}, 300_000)
