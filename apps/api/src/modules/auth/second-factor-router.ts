import {
  BackupCodes,
  ConfirmTotpInput,
  Done,
  Freshened,
  Me,
  PendingSignIn,
  SecondFactorInput,
  SecondFactorView,
  SignedIn,
  StepUpInput,
  StepUpOptions,
  TotpOffer,
} from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { pendingProcedure, userProcedure } from '../../trpc/procedures.ts'
import { finishByCookie, finishByTokens, readChallenge } from './enter/finish-challenge.ts'
import { readSecondFactor } from './second-factor/read-second-factor.ts'
import { removeTotp } from './second-factor/remove-second-factor.ts'
import { renewCodes } from './second-factor/renew-codes.ts'
import { confirmTotp, offerTotp } from './second-factor/set-up-totp.ts'
import { stepUp } from './step-up/step-up.ts'
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
})

/** A person's authenticator app and backup codes. */
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
    rest: { method: 'DELETE', path: '/users/me/second-factor/totp', summary: 'Remove your authenticator app and backup codes' },
  })
    .output(Done)
    .mutation(({ ctx }) => removeTotp(ctx)),

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
})
