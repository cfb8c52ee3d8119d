import { MailSignIn } from '@tollkeeper/db'
import type { Me, SignedIn } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { recordFailedWay, recordNobodysWay } from '../attempt/failed-way.ts'
import { enterByCookie, enterByTokens } from '../enter/enter.ts'
import type { Proof } from '../enter/proof.ts'
import { ownerOfAddress } from './owner-of-address.ts'
import { hashOfLink } from './secrets-of-mail.ts'

/**
 * Signs a browser in by the link of a mail: the one it is opened in, whoever asked for it. Opening the page is not enough, as programs
 * that look into mails do that too; its button calls this.
 * @throws AppError auth.link_invalid, auth.link_expired, and as enterByCookie
 */
export async function signInByLink(ctx: RequestContext, { token }: { token: string }): Promise<Me> {
  return enterByCookie(ctx, await proveLink(ctx, token))
}

/** The same for what is not a browser. @throws AppError auth.link_invalid, auth.link_expired, and as enterByTokens */
export async function loginByLink(ctx: RequestContext, { token }: { token: string }): Promise<SignedIn> {
  return enterByTokens(ctx, await proveLink(ctx, token))
}

async function proveLink(ctx: RequestContext, token: string): Promise<Proof> {
  const { services } = ctx
  const asked = await inSystem(services, (em) => em.findOne(MailSignIn, { linkHash: hashOfLink(token) }))
  if (!asked) {
    await recordNobodysWay(ctx, 'magic_link')
    throw new AppError('auth.link_invalid')
  }
  if (asked.expiresAt <= services.clock.now()) {
    await recordFailedWay(ctx, { email: asked.email, method: 'magic_link', reason: 'expired' })
    throw new AppError('auth.link_expired')
  }
  const owner = await inSystemTransaction(services, (tx) => ownerOfAddress(ctx, tx, asked))
  if (!owner) {
    await recordFailedWay(ctx, { email: asked.email, method: 'magic_link', reason: 'unknown' })
    throw new AppError('auth.link_invalid')
  }
  return { ...owner, method: 'magic_link' }
}
