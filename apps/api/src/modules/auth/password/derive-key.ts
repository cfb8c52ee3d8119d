import { pbkdf2, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

const pbkdf2Async = promisify(pbkdf2)

/** scrypt (RFC 7914) in the thread pool. @returns as many bytes as `key` has */
export function deriveScrypt(
  password: string,
  { logN, r, p, salt, key }: { logN: number; r: number; p: number; salt: Buffer; key: Buffer },
): Promise<Buffer> {
  const N = 2 ** logN
  return new Promise((resolve, reject) => {
    scrypt(password, salt, key.length, { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1_048_576 }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    )
  })
}

/** PBKDF2 (RFC 8018) in the thread pool. @returns as many bytes as `key` has */
export function derivePbkdf2(
  password: string,
  { digest, iterations, salt, key }: { digest: string; iterations: number; salt: Buffer; key: Buffer },
): Promise<Buffer> {
  return pbkdf2Async(password, salt, iterations, key.length, digest)
}
