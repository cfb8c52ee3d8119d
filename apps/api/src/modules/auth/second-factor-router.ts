import {
  BackupCodes,
  ConfirmTotpInput,
  Done,
  Freshened,
  Me,
  PasskeyOptions,
  PasskeySignInInput,
  PendingSignIn,
  SecondFactorInput,
  SecondFactorView,
  SignedIn,
  StepUpInput,
  StepUpMailed,
  StepUpOptions,
  TotpOffer,
} from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { pendingProcedure, userProcedure } from '../../trpc/procedures.ts'
import { finishByCookie, finishByTokens, readChallenge } from './enter/finish-challenge.ts'
import { confirmOptions, secondStepOptions } from './passkey/confirm.ts'
import { readSecondFactor } from './second-factor/read-second-factor.ts'
import { removeTotp, turnOffPasskeys } from './second-factor/remove-second-factor.ts'
import { renewCodes } from './second-factor/renew-codes.ts'
import { confirmTotp, offerTotp } from './second-factor/set-up-totp.ts'
import { turnOnPasskeys } from './second-factor/turn-on-passkeys.ts'
import { mailStepUpCode } from './step-up/mailed-code.ts'
import { stepUp, stepUpByPasskey } from './step-up/step-up.ts'
import { readStepUpOptions } from './step-up/step-up-options.ts'

/** The rest of a sign-in whose first factor was right. */
export const challengeRouter = router({
  read: pendingProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'sign_in',
    rest: { method: 'GET', path: '/auth/challenge', summary: 'What a half-done sign-in can be finished with' },
  })
    .output(PendingSignIn)
    .query(({ ctx }) => readChallenge(ctx)),

  /** For browsers: the session goes into an HttpOnly cookie and never into the page. */
  signIn: pendingProcedure({ audit: 'session.started', idempotent: 'natural', limit: 'sign_in', rest: null })
    .input(SecondFactorInput)
    .output(Me)
    .mutation(({ ctx, input }) => finishByCookie(ctx, input)),

  login: pendingProcedure({
    audit: 'session.started',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/challenge', summary: 'Finish a sign-in with the second factor' },
  })
    .input(SecondFactorInput)
    .output(SignedIn)
    .mutation(({ ctx, input }) => finishByTokens(ctx, input)),

  passkeyOptions: pendingProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'sign_in',
    rest: {
      method: 'POST',
      path: '/auth/challenge/passkey/options',
      summary: 'What the browser needs to finish it with a passkey',
    },
  })
    .output(PasskeyOptions)
    .mutation(({ ctx }) => secondStepOptions(ctx)),

  signInWithPasskey: pendingProcedure({ audit: 'session.started', idempotent: 'natural', limit: 'sign_in', rest: null })
    .input(PasskeySignInInput)
    .output(Me)
    .mutation(({ ctx, input }) => finishByCookie(ctx, input)),

  loginWithPasskey: pendingProcedure({
    audit: 'session.started',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/challenge/passkey', summary: 'Finish a sign-in with a passkey' },
  })
    .input(PasskeySignInInput)
    .output(SignedIn)
    .mutation(({ ctx, input }) => finishByTokens(ctx, input)),
})

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
    audit: null,
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'POST', path: '/users/me/second-factor/totp', summary: 'Begin to set up an authenticator app', status: 201 },
  })
    .output(TotpOffer)
    .mutation(({ ctx }) => offerTotp(ctx)),

  confirmTotp: userProcedure({
    audit: 'user.second_factor_added',
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: true,
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
    audit: 'user.second_factor_removed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'DELETE', path: '/users/me/second-factor/totp', summary: 'Remove your authenticator app' },
  })
    .output(Done)
    .mutation(({ ctx }) => removeTotp(ctx)),

  // asks for a proof already here, as another use of the passkey in between would count it up past the answer
  passkeyOptions: userProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: true,
    rest: {
      method: 'POST',
      path: '/users/me/second-factor/passkeys/options',
      summary: 'What the browser needs to turn two-step sign-in on with a passkey',
    },
  })
    .output(PasskeyOptions)
    .mutation(({ ctx }) => confirmOptions(ctx, 'turn_on')),

  turnOnPasskeys: userProcedure({
    audit: 'user.second_factor_added',
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: true,
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
    audit: 'user.second_factor_removed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: {
      method: 'DELETE',
      path: '/users/me/second-factor/passkeys',
      summary: 'Turn two-step sign-in by your passkeys off; they stay as ways in',
    },
  })
    .output(Done)
    .mutation(({ ctx }) => turnOffPasskeys(ctx)),

  renewBackupCodes: userProcedure({
    audit: 'user.backup_codes_renewed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'POST', path: '/users/me/second-factor/backup-codes', summary: 'New backup codes in place of the old' },
  })
    .output(BackupCodes)
    .mutation(({ ctx }) => renewCodes(ctx)),
})

/** To prove again who one is, before a sensitive act. */
export const stepUpRouter = router({
  options: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/auth/step-up', summary: 'How you can prove again who you are' },
  })
    .output(StepUpOptions)
    .query(({ ctx }) => readStepUpOptions(ctx)),

  prove: userProcedure({
    audit: 'session.proved',
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: false,
    rest: { method: 'POST', path: '/auth/step-up', summary: 'Prove again who you are; sensitive acts ask nothing for ten minutes' },
  })
    .input(StepUpInput)
    .output(Freshened)
    .mutation(({ ctx, input }) => stepUp(ctx, input)),

  passkeyOptions: userProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: false,
    rest: { method: 'POST', path: '/auth/step-up/passkey/options', summary: 'What the browser needs to ask you for a passkey' },
  })
    .output(PasskeyOptions)
    .mutation(({ ctx }) => confirmOptions(ctx, 'confirm')),

  proveByPasskey: userProcedure({
    audit: 'session.proved',
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: false,
    rest: { method: 'POST', path: '/auth/step-up/passkey', summary: 'Prove again who you are with a passkey' },
  })
    .input(PasskeySignInInput)
    .output(Freshened)
    .mutation(({ ctx, input }) => stepUpByPasskey(ctx, input)),

  mailCode: userProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'mail',
    stepUp: false,
    rest: {
      method: 'POST',
      path: '/auth/step-up/mail',
      summary: 'Have a code mailed to you to prove again who you are',
      status: 202,
    },
  })
    .output(StepUpMailed)
    .mutation(({ ctx }) => mailStepUpCode(ctx)),
})
