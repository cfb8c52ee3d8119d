import { expect, test } from 'vitest'
import { createPasswordHasher } from './password-hasher.ts'

test('a stored password is Argon2id with at least 19 MiB, two passes and a salt of its own', async () => {
  const { hash } = createPasswordHasher()
  const [first, second] = await Promise.all([hash('orchard lantern 57'), hash('orchard lantern 57')])
  const [, algorithm, version, cost, salt] = first.split('$')
  expect({ algorithm, version }).toEqual({ algorithm: 'argon2id', version: 'v=19' })
  const parameters = Object.fromEntries(cost!.split(',').map((pair) => pair.split('=')))
  expect(Number(parameters.m)).toBeGreaterThanOrEqual(19 * 1024)
  expect(Number(parameters.t)).toBeGreaterThanOrEqual(2)
  expect(salt).not.toBe(second.split('$')[4])
})

test('a password is the same however its characters were composed, and any other one fails', async () => {
  const { hash, verify } = createPasswordHasher()
  const stored = await hash('cr\u00e8me br\u00fbl\u00e9e 57')
  expect(await verify(stored, 'cre\u0300me bru\u0302le\u0301e 57')).toBe(true)
  expect(await verify(stored, 'creme brulee 57')).toBe(false)
  expect(await verify(stored, 'cr\u00e8me br\u00fbl\u00e9e 57 ')).toBe(false)
})

test('a long password is not cut: the last character counts', async () => {
  const { hash, verify } = createPasswordHasher()
  const long = `${'orchard '.repeat(15)}lantern!`
  expect(await verify(await hash(long), `${long.slice(0, -1)}?`)).toBe(false)
})

test('who would wait too long is sent away at once, and told when to come back', async () => {
  const { hash } = createPasswordHasher({ atOnce: 1, mostWaiting: 3 })
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => hash('orchard lantern 57')))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  for (const result of results.slice(4)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'auth.overloaded', particulars: { retryAfterSeconds: 2 } } })
  }
  await expect(hash('orchard lantern 57')).resolves.toContain('$argon2id$')
})

test('the event loop stays free while 50 passwords are hashed', async () => {
  const { hash } = createPasswordHasher()
  await hash('orchard lantern 57')
  let beats = 0
  const beat = setInterval(() => {
    beats++
  }, 5)
  await Promise.all(Array.from({ length: 50 }, () => hash('orchard lantern 57')))
  clearInterval(beat)
  // hashed on the loop itself they would leave it no time to beat
  expect(beats).toBeGreaterThan(20)
})
