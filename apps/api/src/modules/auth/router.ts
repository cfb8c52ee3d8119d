import {
  ConfirmRegistrationInput,
  CurrentPerson,
  DevicePollInput,
  DeviceRequest,
  DeviceStarted,
  DeviceStartInput,
  Done,
  LoginInput,
  MailedTokenInput,
  Me,
  RefreshInput,
  RegisterAnswer,
  RegisteredInvited,
  RegisterInput,
  RegisterInvitedInput,
  ResendVerificationInput,
  SignedIn,
  UserCodeInput,
  VerifiedEmail,
  VerifyEmailInput,
  WaysIn,
} from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { publicProcedure, userProcedure } from '../../trpc/procedures.ts'
import { accountRouter, sessionRouter } from './account-router.ts'
import { challengeRouter } from './challenge-router.ts'
import { answerDevice, describeDevice, pollDevice, startDevice } from './device.ts'
import { enterImpersonation } from './impersonation-session.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { readMe } from './me.ts'
import { refresh } from './refresh.ts'
import { register } from './register.ts'
import { registerInvited } from './register-invited.ts'
import { resendVerification } from './resend-verification.ts'
import { secondFactorRouter } from './second-factor-router.ts'
import { signIn, signOut } from './sign-in.ts'
import { stepUpRouter } from './step-up-router.ts'
import { confirmRegistration, verifyEmail } from './verify-email.ts'
import { readWaysIn } from './ways-in.ts'
import { mailSignInRouter, passkeyRouter, providerRouter } from './ways-in-router.ts'

export const authRouter = router({
  register: publicProcedure({
    audit: 'user.registered',
    idempotent: 'natural',
    limit: 'mail',
    rest: { method: 'POST', path: '/auth/register', summary: 'Register with email and password', status: 202 },
  })
    .input(RegisterInput)
    .output(RegisterAnswer)
    .mutation(({ ctx, input }) => register(ctx, input)),

  enterImpersonation: publicProcedure({
    audit: 'impersonation.entered',
    idempotent: 'natural',
    limit: 'sign_in',
    setsCookie: true,
    rest: null,
  })
    .input(MailedTokenInput)
    .output(CurrentPerson)
    .mutation(({ ctx, input }) => enterImpersonation(ctx, input)),

  registerInvited: publicProcedure({
    audit: 'member.joined',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: {
      method: 'POST',
      path: '/invitations/register',
      summary: 'Make an account with a mailed invitation, and join',
      status: 201,
    },
  })
    .input(RegisterInvitedInput)
    .output(RegisteredInvited)
    .mutation(({ ctx, input }) => registerInvited(ctx, input)),

  verifyEmail: publicProcedure({
    audit: 'user.email_verified',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: {
      method: 'GET',
      path: '/auth/verify-email',
      summary: 'Prove an address with the token from its mail, from where you registered',
    },
  })
    .input(VerifyEmailInput)
    .output(VerifiedEmail)
    .mutation(({ ctx, input }) => verifyEmail(ctx, input)),

  confirmRegistration: publicProcedure({
    audit: 'user.email_verified',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/verify-email', summary: 'Prove an address with the token from its mail and the password' },
  })
    .input(ConfirmRegistrationInput)
    .output(VerifiedEmail)
    .mutation(({ ctx, input }) => confirmRegistration(ctx, input)),

  resendVerification: publicProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'mail',
    rest: { method: 'POST', path: '/auth/resend-verification', summary: 'Send the verification mail again', status: 202 },
  })
    .input(ResendVerificationInput)
    .output(RegisterAnswer)
    .mutation(({ ctx, input }) => resendVerification(ctx, input)),

  /** For browsers: the session goes into an HttpOnly cookie and never into the page. */
  signIn: publicProcedure({ audit: 'session.started', idempotent: 'natural', limit: 'sign_in', setsCookie: true, rest: null })
    .input(LoginInput)
    .output(Me)
    .mutation(({ ctx, input }) => signIn(ctx, input)),

  signOut: publicProcedure({ audit: 'session.ended', idempotent: 'natural', limit: 'write', setsCookie: true, rest: null })
    .output(Done)
    .mutation(({ ctx }) => signOut(ctx)),

  /** For everything that is not a browser: an access token and a refresh token. */
  login: publicProcedure({
    audit: 'session.started',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/login', summary: 'Sign in with email and password' },
  })
    .input(LoginInput)
    .output(SignedIn)
    .mutation(({ ctx, input }) => login(ctx, input)),

  refresh: publicProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/refresh', summary: 'Exchange a refresh token for the next pair' },
  })
    .input(RefreshInput)
    .output(SignedIn)
    .mutation(({ ctx, input }) => refresh(ctx, input)),

  logout: userProcedure({
    audit: 'session.ended',
    idempotent: 'natural',
    limit: 'write',
    stepUp: false,
    setsCookie: true,
    rest: { method: 'POST', path: '/auth/logout', summary: 'End the session and every token of it' },
  })
    .output(Done)
    .mutation(({ ctx }) => logout(ctx)),

  me: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/users/me', summary: 'Who is signed in' },
  })
    .output(CurrentPerson)
    .query(({ ctx }) => readMe(ctx)),

  waysIn: publicProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/auth/ways-in', summary: 'How people can sign in, beside a password' },
  })
    .output(WaysIn)
    .query(({ ctx }) => readWaysIn(ctx)),

  account: accountRouter,
  session: sessionRouter,
  challenge: challengeRouter,
  secondFactor: secondFactorRouter,
  stepUp: stepUpRouter,
  mail: mailSignInRouter,
  passkey: passkeyRouter,
  provider: providerRouter,

  device: router({
    start: publicProcedure({
      audit: null,
      idempotent: 'natural',
      limit: 'sign_in',
      rest: { method: 'POST', path: '/auth/device/code', summary: 'Begin to sign in a device (RFC 8628)' },
    })
      .input(DeviceStartInput)
      .output(DeviceStarted)
      .mutation(({ ctx, input }) => startDevice(ctx, input)),

    poll: publicProcedure({
      audit: 'session.started',
      idempotent: 'natural',
      limit: 'sign_in',
      rest: { method: 'POST', path: '/auth/device/token', summary: 'Ask whether the device was approved' },
    })
      .input(DevicePollInput)
      .output(SignedIn)
      .mutation(({ ctx, input }) => pollDevice(ctx, input)),

    describe: userProcedure({ audit: null, idempotent: 'read', limit: 'sign_in', rest: null })
      .input(UserCodeInput)
      .output(DeviceRequest)
      .query(({ ctx, input }) => describeDevice(ctx, input)),

    approve: userProcedure({ audit: 'device.approved', idempotent: 'natural', limit: 'write', stepUp: true, rest: null })
      .input(UserCodeInput)
      .output(Done)
      .mutation(({ ctx, input }) => answerDevice(ctx, input, 'approved')),

    deny: userProcedure({ audit: 'device.denied', idempotent: 'natural', limit: 'write', stepUp: false, rest: null })
      .input(UserCodeInput)
      .output(Done)
      .mutation(({ ctx, input }) => answerDevice(ctx, input, 'denied')),
  }),
})
