import type { Me, PasskeySignInInput, SignedIn } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { enterByCookie, enterByTokens } from '../enter/enter.ts'
import type { Proof } from '../enter/proof.ts'
import { provePasskey } from './prove-passkey.ts'

/** Signs a browser in by a passkey. @throws AppError auth.passkey_refused, and as enterByCookie */
export async function signInByPasskey(ctx: RequestContext, input: PasskeySignInInput): Promise<Me> {
  return enterByCookie(ctx, await prove(ctx, input))
}

/** The same for what is not a browser, but can show one. @throws AppError auth.passkey_refused, and as enterByTokens */
export async function loginByPasskey(ctx: RequestContext, input: PasskeySignInInput): Promise<SignedIn> {
  return enterByTokens(ctx, await prove(ctx, input))
}

/** It is two factors at once: the device, and the finger, face or PIN it asked for. */
async function prove(ctx: RequestContext, { credential }: PasskeySignInInput): Promise<Proof> {
  const { userId, use } = await provePasskey(ctx, 'sign_in', credential)
  return { userId, method: 'passkey', secondFactor: 'passkey', stillHolds: use }
}
