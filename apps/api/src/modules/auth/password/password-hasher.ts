import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../../../kernel/app-error.ts'
import { fitsForeignHash } from './foreign-hash.ts'

/**
 * Argon2id with the cost OWASP names (ASVS 5.0, appendix C): 19 MiB, two passes, one lane. The library's default algorithm is
 * Argon2id; its enum cannot be named here, since it does not exist at run time.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const ourForm = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`

/** Whether a hash was made here, with the cost of now. */
export function isOfOurCost(hash: string): boolean {
  return hash.startsWith(ourForm)
}

export interface PasswordHasher {
  /** @returns a PHC string @throws AppError auth.overloaded */
  hash(password: string): Promise<string>
  /** Also against a hash that was brought along from another system. @throws AppError auth.overloaded */
  verify(hashed: string, password: string): Promise<boolean>
}

/**
 * Hashes in the thread pool, a few at once, so that a flood of sign-ins leaves the other requests their processor; who would have
 * to wait too long is sent away at once. A password is the same password however its characters were composed (NFKC).
 */
export function createPasswordHasher({ atOnce = Math.max(1, availableParallelism() - 1), mostWaiting = 200 } = {}): PasswordHasher {
  let running = 0
  const waiting: (() => void)[] = []

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting) throw new AppError('auth.overloaded', { retryAfterSeconds: 2 })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running++
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password.normalize('NFKC'), cost)),
    verify: (hashed, password) =>
      inTurn(() => (isOfOurCost(hashed) ? verify(hashed, password.normalize('NFKC')) : fitsForeignHash(hashed, password))),
  }
}
