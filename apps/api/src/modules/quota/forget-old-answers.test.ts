import { createTestDatabase } from '@tollkeeper/db/testing'
import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { authorize } from './authorize.ts'
import { forgetOldAnswers } from './forget-old-answers.ts'
import { openQuotaNode } from './testing/quota-node.ts'

test('an answer is kept for more than the day that is promised, then forgotten; what was charged stays charged', async () => {
  await using database = await createTestDatabase()
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using node = await openQuotaNode(database.url, { clock })
  const ctx = await node.tenant()
  const input = { feature: 'api_calls', amount: 1, requestId: 'r' }
  const first = await authorize(ctx, input)
  clock.advance(25 * 3_600_000)
  expect(await forgetOldAnswers(node.services)).toBe(0)
  expect((await authorize(ctx, input)).decisionId).toBe(first.decisionId)
  clock.advance(24 * 3_600_000)
  expect(await forgetOldAnswers(node.services)).toBe(1)
  expect(await node.books(ctx.tenantId)).toMatchObject([{ consumed: 1 }])
})
