import { Done } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import type { RequestContext } from '../kernel/context.ts'
import { declaredProcedures } from '../testing/declared-procedures.ts'
import { createCallerFactory, router } from './init.ts'
import { publicProcedure } from './procedures.ts'

test('every procedure declares who may call, what it records, how it repeats, which brake, and what comes out', () => {
  for (const { name, type, meta, output } of declaredProcedures()) {
    expect(meta, name).toMatchObject({ permission: expect.any(String), idempotent: expect.any(String), limit: expect.any(String) })
    expect(meta, name).toHaveProperty('scope')
    expect(meta, name).toHaveProperty('audit')
    expect(meta, name).toHaveProperty('rest')
    expect(output, `${name} declares an output`).not.toBeNull()
    if (meta?.idempotent === 'read') expect(meta.audit, `${name} reads, so there is nothing to record`).toBeNull()
    if (type === 'query') expect(meta?.idempotent, `${name} is a query`).toBe('read')
  }
})

test('no two procedures stand at the same place in REST', () => {
  const places = declaredProcedures().flatMap(({ meta }) => (meta?.rest ? [`${meta.rest.method} ${meta.rest.path}`] : []))
  expect(places).toEqual([...new Set(places)])
})

test('a procedure sets a cookie if it says that it does, and fails otherwise; other headers are free', async () => {
  const meta = { audit: null, idempotent: 'natural', limit: 'none', rest: null } as const
  const set =
    (name: string) =>
    ({ ctx }: { ctx: RequestContext }) => {
      ctx.setHeader(name, 'a value')
      return { done: true } as const
    }
  const tried = router({
    said: publicProcedure({ ...meta, setsCookie: true })
      .output(Done)
      .mutation(set('set-cookie')),
    silent: publicProcedure(meta).output(Done).mutation(set('Set-Cookie')),
    other: publicProcedure(meta).output(Done).mutation(set('x-other')),
  })
  const headers: string[] = []
  const services = { brakes: { charge: async () => undefined }, logger: { error: () => undefined } }
  const caller = { kind: 'anonymous' }
  const ctx = {
    services,
    caller,
    idempotencyKey: null,
    setHeader: (name: string) => headers.push(name),
  } as unknown as RequestContext
  const call = createCallerFactory(tried)(ctx)
  await call.said()
  await call.other()
  await expect(call.silent()).rejects.toThrow()
  expect(headers).toEqual(['set-cookie', 'x-other'])
})
