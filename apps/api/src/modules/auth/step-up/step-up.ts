import type { Freshened, PasskeySignInInput, StepUpInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { passwordOf } from '../account/password-of.ts'
import { confirmByPasskey } from '../passkey/confirm.ts'
import { proveSecondFactor } from '../second-factor/prove-second-factor.ts'
import { confirmPassword } from '../session/confirm-password.ts'
import { freshen, type ProofAgain } from './freshen.ts'
import { proveMailedCode } from './mailed-code.ts'
import { assertWayOfStepUp } from './step-up-options.ts'

/**
 * Proves again who the caller is (see freshen).
 * @throws AppError auth.step_up_method, auth.password_wrong, auth.second_factor_wrong, auth.step_up_code_wrong, rate.limited, auth.overloaded
 */
export async function stepUp(ctx: UserContext, input: StepUpInput): Promise<Freshened> {
  await assertWayOfStepUp(ctx, input.method)
  return freshen(ctx, await proofOf(ctx, input))
}

/** The same by a passkey. @throws AppError auth.step_up_method, auth.passkey_refused, auth.passkeys_unavailable */
export async function stepUpByPasskey(ctx: UserContext, { credential }: PasskeySignInInput): Promise<Freshened> {
  await assertWayOfStepUp(ctx, 'passkey')
  const use = await confirmByPasskey(ctx, 'confirm', credential)
  return freshen(ctx, { method: 'passkey', prove: ({ em }) => use(em).then(() => null) })
}

/** A password is hashed before the person's row is held. */
async function proofOf(ctx: UserContext, { method, secret }: StepUpInput): Promise<ProofAgain> {
  if (method === 'mail_code') return { method, prove: (tx, user) => proveMailedCode(ctx, tx, user, secret) }
  if (method !== 'password') return { method, prove: (tx, user) => proveSecondFactor(ctx, tx, user, { method, code: secret }) }
  const { passwordHash } = await confirmPassword(ctx, secret, 'secret')
  return {
    method,
    prove: async ({ em }, user) => ((await passwordOf(em, user.id)) === passwordHash ? null : new AppError('auth.password_wrong')),
  }
}
