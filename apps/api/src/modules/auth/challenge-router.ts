import { Me, PasskeyOptions, PasskeySignInInput, PendingSignIn, SecondFactorInput, SignedIn } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { pendingProcedure } from '../../trpc/procedures.ts'
import { finishByCookie, finishByTokens, readChallenge } from './enter/finish-challenge.ts'
import { secondStepOptions } from './passkey/confirm.ts'

const finish = { audit: 'session.started', idempotent: 'natural', limit: 'sign_in' } as const
/** For browsers: the session goes into an HttpOnly cookie and never into the page. */
const finishInBrowser = { ...finish, setsCookie: true, rest: null } as const

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

  signIn: pendingProcedure(finishInBrowser)
    .input(SecondFactorInput)
    .output(Me)
    .mutation(({ ctx, input }) => finishByCookie(ctx, input)),

  login: pendingProcedure({
    ...finish,
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

  signInWithPasskey: pendingProcedure(finishInBrowser)
    .input(PasskeySignInInput)
    .output(Me)
    .mutation(({ ctx, input }) => finishByCookie(ctx, input)),

  loginWithPasskey: pendingProcedure({
    ...finish,
    rest: { method: 'POST', path: '/auth/challenge/passkey', summary: 'Finish a sign-in with a passkey' },
  })
    .input(PasskeySignInInput)
    .output(SignedIn)
    .mutation(({ ctx, input }) => finishByTokens(ctx, input)),
})
