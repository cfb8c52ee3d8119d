import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  AuthorizeInput,
  errorTable,
  type IdKind,
  idOf,
  idPrefixes,
  KeyScope,
  NewPassword,
  OperatorRole,
  operatorRoles,
  permissions,
  Quantity,
  TrackInput,
  tenantRoles,
} from './index.ts'

describe('the error table', () => {
  test.each(Object.entries(errorTable))('%s says what happened and what to do next, each as a sentence', (code, row) => {
    expect(code).toMatch(/^[a-z_]+\.[a-z_]+$/)
    expect(row.title).toMatch(/^[A-Z].*\.$/)
    expect(row.next).toMatch(/^[A-Z].*\.$/)
    expect(row.title + row.next).not.toMatch(/oops|!|sorry/i)
  })
  test('what is our fault answers in the fives, and nothing else answers 500', () => {
    for (const [code, { status, ours }] of Object.entries(errorTable)) {
      if (ours) expect(status, code).toBeGreaterThanOrEqual(500)
      if (status === 500) expect(ours, code).toBe(true)
    }
  })
})

describe('ids', () => {
  test('no two kinds share a prefix, so an id of one kind is never taken for another', () => {
    const prefixes = Object.values(idPrefixes)
    expect(new Set(prefixes).size).toBe(prefixes.length)
    for (const kind of Object.keys(idPrefixes) as IdKind[]) {
      for (const other of Object.keys(idPrefixes) as IdKind[]) {
        expect(idOf(kind).safeParse(`${idPrefixes[other]}_0abc`).success).toBe(kind === other)
      }
    }
  })
  test('nothing but letters and digits follows the prefix', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (tail) => {
        expect(idOf('user').safeParse(`usr_${tail}`).success).toBe(/^[0-9A-Za-z]+$/.test(tail))
      }),
    )
  })
})

describe('quantities', () => {
  test('every whole number from 1 to 2^53 - 1 is one', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (amount) => Quantity.safeParse(amount).success))
  })
  test('no other number is', () => {
    const others = fc.oneof(
      fc.integer({ max: 0 }),
      fc.double().filter((value) => !Number.isSafeInteger(value)),
      fc.constantFrom(2 ** 53, 2 ** 53 + 2, Number.NaN, Number.POSITIVE_INFINITY, -0),
    )
    fc.assert(fc.property(others, (amount) => !Quantity.safeParse(amount).success))
  })
})

describe('a new password', () => {
  const points = (count: number) => fc.array(fc.constantFrom('a', 'é', '漢', '😀', ' '), { minLength: count, maxLength: count })
  test('may be anything of 12 to 128 code points, counted as people count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 128 }).chain(points), (parts) => NewPassword.safeParse(parts.join('')).success),
    )
  })
  test('is refused when shorter or longer', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 11 }).chain(points), (parts) => !NewPassword.safeParse(parts.join('')).success))
    fc.assert(
      fc.property(fc.integer({ min: 129, max: 200 }).chain(points), (parts) => !NewPassword.safeParse(parts.join('')).success),
    )
  })
})

describe('roles', () => {
  test('an owner holds every permission, and each lesser role holds some of the one above it', () => {
    expect(new Set(tenantRoles.owner)).toEqual(new Set(Object.keys(permissions)))
    const owner: readonly string[] = tenantRoles.owner
    const admin: readonly string[] = tenantRoles.admin
    expect(admin.every((permission) => owner.includes(permission))).toBe(true)
    expect(tenantRoles.member.every((permission) => admin.includes(permission))).toBe(true)
  })
  test('a key scope is a permission, so a key never does what a person could not', () => {
    for (const scope of KeyScope.options) expect(Object.keys(permissions)).toContain(scope)
  })
  test('an operator who only looks holds nothing that writes', () => {
    expect(operatorRoles.viewer).toEqual(['operator:read'])
    expect(operatorRoles.finance.filter((permission) => !permission.endsWith(':read'))).toEqual([])
  })
  test('every operator role holds what the viewer holds, and no more than the owner', () => {
    for (const role of OperatorRole.options) {
      expect(operatorRoles[role]).toEqual(expect.arrayContaining([...operatorRoles.viewer]))
      expect(operatorRoles.owner).toEqual(expect.arrayContaining([...operatorRoles[role]]))
    }
  })
  test('only an owner can make an owner', () => {
    expect(OperatorRole.options.filter((role) => operatorRoles[role].includes('operator:own'))).toEqual(['owner'])
  })
})

test('inputs refuse what they do not know, at every depth', () => {
  expect(AuthorizeInput.safeParse({ feature: 'characters', extra: 1 }).success).toBe(false)
  expect(TrackInput.safeParse({ events: [{ id: 'a', feature: 'characters', extra: 1 }] }).success).toBe(false)
})

test('every input and view can be told as JSON Schema, which the API document is made of', () => {
  for (const schema of [AuthorizeInput, TrackInput])
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object' })
})
