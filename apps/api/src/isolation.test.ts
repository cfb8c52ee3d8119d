import { expect, test } from 'vitest'
import { startTestApp } from './testing/index.ts'
import { findLeaks } from './testing/isolation-matrix.ts'

test('no procedure and no route tells a stranger anything of a tenant, or changes a row of it', async () => {
  await using app = await startTestApp()
  expect(await findLeaks(app)).toEqual([])
}, 120_000)
