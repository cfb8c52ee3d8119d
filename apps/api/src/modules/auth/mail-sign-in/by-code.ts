import { timingSafeEqual } from 'node:crypto'
import { MailSignIn } from '@tollkeeper/db'
import type { MailCodeInput, Me, SignedIn } from '@tollkeeper/shared'
import type { z } from 'zod'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { recordNobodysWay } from '../attempt/failed-way.ts'
import { beginAttempt } from '../attempt/login-attempt.ts'
import { enterByCookie, enterByTokens } from '../enter/enter.ts'
import type { Proof } from '../enter/proof.ts'
import { hashOfToken } from '../token/refresh-token.ts'
import { ownerOfAddress } from './owner-of-address.ts'
import { hashOfCode } from './secrets-of-mail.ts'

type Input = z.infer<typeof MailCodeInput>

const MOST_TRIES = 5

/** Signs a browser in by the code of a mail. @throws AppError auth.code_wrong, rate.limited, and as enterByCookie */
export async function signInByCode(ctx: RequestContext, input: Input): Promise<Me> {
  return enterByCookie(ctx, await proveCode(ctx, input))
}

/** The same for what is not a browser. @throws AppError auth.code_wrong, rate.limited, and as enterByTokens */
export async function loginByCode(ctx: RequestContext, input: Input): Promise<SignedIn> {
  return enterByTokens(ctx, await proveCode(ctx, input))
}

/**
 * Takes a code, where it was asked for. A try is counted before it is judged, so that any number at once gets no more than five. A
 * code that was never mailed, is too old, was used, or had its five tries is answered like a wrong one.
 */
async function proveCode(ctx: RequestContext, { attempt: token, code }: Input): Promise<Proof> {
  const { services } = ctx
  const asked = await inSystem(services, (em) => em.findOne(MailSignIn, { attemptHash: hashOfToken(token) }))
  if (!asked) {
    await recordNobodysWay(ctx, 'mail_code')
    throw new AppError('auth.code_wrong')
  }
  const attempt = await beginAttempt(ctx, asked.email, 'mail_code')
  const wanted = await countTry(ctx, asked.id)
  if (wanted === null || !isEqual(wanted, hashOfCode(services.secrets, asked.id, code))) {
    await attempt.failed('wrong_code', null)
    throw new AppError('auth.code_wrong')
  }
  const owner = await inSystemTransaction(services, (tx) => ownerOfAddress(ctx, tx, asked)).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'auth.user_suspended') await attempt.failed('suspended', null)
    throw error
  })
  if (!owner) {
    await attempt.failed('wrong_code', null)
    throw new AppError('auth.code_wrong')
  }
  return { ...owner, method: 'mail_code', attempt }
}

/** @returns what the code is kept as; null when there is none to try, or no try left */
async function countTry({ services }: RequestContext, id: string): Promise<string | null> {
  const { rows } = await services.pool.query<{ code_hash: string | null }>(
    'update mail_sign_in set tries = tries + 1 where id = $1 and tries < $2 and expires_at > $3 returning code_hash',
    [id, MOST_TRIES, services.clock.now()],
  )
  return rows[0]?.code_hash ?? null
}

function isEqual(first: string, second: string): boolean {
  const [one, other] = [Buffer.from(first), Buffer.from(second)]
  return one.length === other.length && timingSafeEqual(one, other)
}
