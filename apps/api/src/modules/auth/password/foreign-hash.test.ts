import { describe, expect, test } from 'vitest'
import { foreignHashes } from '../testing/foreign-hashes.ts'
import { fitsForeignHash, readForeignHash } from './foreign-hash.ts'

test.each(foreignHashes)('%s: the right password fits, and no other', async (_scheme, hash, password) => {
  expect(await fitsForeignHash(hash, password)).toBe(true)
  expect(await fitsForeignHash(hash, `${password} `)).toBe(false)
})

describe('what is no hash, or would cost too much to check, is told apart before anybody signs in with it', () => {
  const rest = 'c2l4dGVlbiBieXRlcyBvaw$GL+PzJe2p1sekpU78kn0hya/86uCNNtxPHx4/QXoe2Y'
  test.each([
    '',
    'password',
    '5f4dcc3b5aa765d61d8327deb882cf99',
    `$2x$10$${'a'.repeat(53)}`,
    `$2b$03$${'a'.repeat(53)}`,
    `$2b$10$${'a'.repeat(52)}`,
    `$2b$10$${'a'.repeat(53)}\n`,
    `$scrypt$ln=0,r=8,p=1$${rest}`,
    `$scrypt$ln=14,r=0,p=1$${rest}`,
    `$pbkdf2-md5$1000$${rest}`,
    `$pbkdf2-sha256$0$${rest}`,
    `$argon2id$v=19$m=1,t=1,p=1$${rest}`,
    `$argon2id$v=16$m=65536,t=2,p=1$${rest}`,
  ])('unknown: %j', (hash) => expect(readForeignHash(hash)).toBe('unknown'))

  test.each([
    `$2b$15$${'a'.repeat(53)}`,
    `$2b$31$${'a'.repeat(53)}`,
    `$scrypt$ln=63,r=8,p=1$${rest}`,
    `$scrypt$ln=14,r=8,p=999$${rest}`,
    `$pbkdf2-sha512$99999999$${rest}`,
    `$argon2id$v=19$m=4194304,t=1,p=1$${rest}`,
    `$argon2id$v=19$m=65536,t=999,p=1$${rest}`,
  ])('too costly: %s', (hash) => expect(readForeignHash(hash)).toBe('too_costly'))

  test.each([`$argon2id$v=19$m=65536,t=0,p=1$${rest}`, 'x'.repeat(5000)])('never fits: %#', async (hash) =>
    expect(await fitsForeignHash(hash, 'password')).toBe(false),
  )
})
