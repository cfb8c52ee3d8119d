import {
  BackupCodes,
  ConfirmTotpInput,
  Done,
  PasskeyOptions,
  PasskeySignInInput,
  SecondFactorView,
  TotpOffer,
} from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { userProcedure } from '../../trpc/procedures.ts'
import { confirmOptions } from './passkey/confirm.ts'
import { readSecondFactor } from './second-factor/read-second-factor.ts'
import { removeTotp, turnOffPasskeys } from './second-factor/remove-second-factor.ts'
import { renewCodes } from './second-factor/renew-codes.ts'
import { confirmTotp, offerTotp } from './second-factor/set-up-totp.ts'
import { turnOnPasskeys } from './second-factor/turn-on-passkeys.ts'

const change = { idempotent: 'natural', stepUp: true } as const
const turnOn = { ...change, audit: 'user.second_factor_added', limit: 'sign_in' } as const
const remove = { ...change, audit: 'user.second_factor_removed', limit: 'write' } as const

/** A person's authenticator app, passkeys as a second step, and backup codes. */
export const secondFactorRouter = router({
  read: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/users/me/second-factor', summary: 'Your second factor' },
  })
    .output(SecondFactorView)
    .query(({ ctx }) => readSecondFactor(ctx)),

  offerTotp: userProcedure({
    ...change,
    audit: null,
    limit: 'write',
    rest: { method: 'POST', path: '/users/me/second-factor/totp', summary: 'Begin to set up an authenticator app', status: 201 },
  })
    .output(TotpOffer)
    .mutation(({ ctx }) => offerTotp(ctx)),

  confirmTotp: userProcedure({
    ...turnOn,
    rest: {
      method: 'POST',
      path: '/users/me/second-factor/totp/confirm',
      summary: 'Finish setting it up with its first code; the backup codes are in this answer only',
    },
  })
    .input(ConfirmTotpInput)
    .output(BackupCodes)
    .mutation(({ ctx, input }) => confirmTotp(ctx, input)),

  removeTotp: userProcedure({
    ...remove,
    rest: { method: 'DELETE', path: '/users/me/second-factor/totp', summary: 'Remove your authenticator app' },
  })
    .output(Done)
    .mutation(({ ctx }) => removeTotp(ctx)),

  // asks for a proof already here, as another use of the passkey in between would count it up past the answer
  passkeyOptions: userProcedure({
    ...change,
    audit: null,
    limit: 'sign_in',
    rest: {
      method: 'POST',
      path: '/users/me/second-factor/passkeys/options',
      summary: 'What the browser needs to turn two-step sign-in on with a passkey',
    },
  })
    .output(PasskeyOptions)
    .mutation(({ ctx }) => confirmOptions(ctx, 'turn_on')),

  turnOnPasskeys: userProcedure({
    ...turnOn,
    rest: {
      method: 'POST',
      path: '/users/me/second-factor/passkeys',
      summary: 'Turn two-step sign-in on with your passkeys, using one; the backup codes are in this answer only',
    },
  })
    .input(PasskeySignInInput)
    .output(BackupCodes)
    .mutation(({ ctx, input }) => turnOnPasskeys(ctx, input)),

  turnOffPasskeys: userProcedure({
    ...remove,
    rest: {
      method: 'DELETE',
      path: '/users/me/second-factor/passkeys',
      summary: 'Turn two-step sign-in by your passkeys off; they stay as ways in',
    },
  })
    .output(Done)
    .mutation(({ ctx }) => turnOffPasskeys(ctx)),

  renewBackupCodes: userProcedure({
    ...change,
    audit: 'user.backup_codes_renewed',
    limit: 'write',
    rest: { method: 'POST', path: '/users/me/second-factor/backup-codes', summary: 'New backup codes in place of the old' },
  })
    .output(BackupCodes)
    .mutation(({ ctx }) => renewCodes(ctx)),
})
