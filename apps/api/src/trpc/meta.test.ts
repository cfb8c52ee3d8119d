import { expect, test } from 'vitest'
import { declaredProcedures } from '../testing/declared-procedures.ts'

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
