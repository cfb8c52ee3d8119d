import {
  AccountView,
  AvatarInput,
  ChangeEmailInput,
  ChangePasswordInput,
  CheckYourMail,
  Done,
  EmailChanged,
  EndedSessions,
  ForgotPasswordInput,
  LoginEventView,
  MailedTokenInput,
  Me,
  PageInput,
  PasswordReset,
  Preferences,
  PreferencesInput,
  ProfileInput,
  pageOf,
  ResetPasswordInput,
  SessionIdInput,
  SessionList,
  SetPasswordInput,
} from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { publicProcedure, userProcedure } from '../../trpc/procedures.ts'
import { cancelEmailChange } from './account/cancel-email-change.ts'
import { changeEmail } from './account/change-email.ts'
import { changePassword } from './account/change-password.ts'
import { confirmEmail } from './account/confirm-email.ts'
import { forgotPassword } from './account/forgot-password.ts'
import { changePreferences, readPreferences } from './account/preferences.ts'
import { changeProfile, readAccount } from './account/profile.ts'
import { resetPassword } from './account/reset-password.ts'
import { setFirstPassword } from './account/set-first-password.ts'
import { removeAvatar, setAvatar } from './avatar/change-avatar.ts'
import { listSessions } from './session/list-sessions.ts'
import { listLoginHistory } from './session/login-history.ts'
import { notMe } from './session/not-me.ts'
import { revokeOtherSessions, revokeSession } from './session/revoke-sessions.ts'

/** A person's own account: what they are called, how they come in, and the links that are mailed to them. */
export const accountRouter = router({
  read: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/users/me/account', summary: 'What your own account page shows' },
  })
    .output(AccountView)
    .query(({ ctx }) => readAccount(ctx)),

  changeProfile: userProcedure({
    audit: 'user.profile_changed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: false,
    rest: { method: 'PUT', path: '/users/me', summary: 'Change your name' },
  })
    .input(ProfileInput)
    .output(Me)
    .mutation(({ ctx, input }) => changeProfile(ctx, input)),

  setAvatar: userProcedure({
    audit: 'user.avatar_changed',
    idempotent: 'natural',
    limit: 'costly',
    stepUp: false,
    rest: { method: 'PUT', path: '/users/me/avatar', summary: 'Give yourself a picture' },
  })
    .input(AvatarInput)
    .output(Me)
    .mutation(({ ctx, input }) => setAvatar(ctx, input)),

  removeAvatar: userProcedure({
    audit: 'user.avatar_removed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: false,
    rest: { method: 'DELETE', path: '/users/me/avatar', summary: 'Take your picture away' },
  })
    .output(Me)
    .mutation(({ ctx }) => removeAvatar(ctx)),

  preferences: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/users/me/preferences', summary: 'Your language, time zone, theme and mails' },
  })
    .output(Preferences)
    .query(({ ctx }) => readPreferences(ctx)),

  changePreferences: userProcedure({
    audit: 'user.preferences_changed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: false,
    rest: { method: 'PUT', path: '/users/me/preferences', summary: 'Change what is named of your preferences' },
  })
    .input(PreferencesInput)
    .output(Preferences)
    .mutation(({ ctx, input }) => changePreferences(ctx, input)),

  changePassword: userProcedure({
    audit: 'user.password_changed',
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: false,
    rest: { method: 'PUT', path: '/users/me/password', summary: 'Change your password; other sessions end' },
  })
    .input(ChangePasswordInput)
    .output(Done)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  setPassword: userProcedure({
    audit: 'user.password_set',
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: true,
    rest: { method: 'POST', path: '/users/me/password', summary: 'Set a first password, for who came another way' },
  })
    .input(SetPasswordInput)
    .output(Done)
    .mutation(({ ctx, input }) => setFirstPassword(ctx, input)),

  changeEmail: userProcedure({
    audit: 'user.email_change_asked',
    idempotent: 'natural',
    limit: 'mail',
    stepUp: false,
    rest: { method: 'PUT', path: '/users/me/email', summary: 'Ask for another address; it changes once proved', status: 202 },
  })
    .input(ChangeEmailInput)
    .output(CheckYourMail)
    .mutation(({ ctx, input }) => changeEmail(ctx, input)),

  confirmEmail: publicProcedure({
    audit: 'user.email_changed',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/confirm-email', summary: 'Prove a new address with the token from its mail' },
  })
    .input(MailedTokenInput)
    .output(EmailChanged)
    .mutation(({ ctx, input }) => confirmEmail(ctx, input)),

  cancelEmailChange: publicProcedure({
    audit: 'user.email_change_cancelled',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/cancel-email-change', summary: 'Stop a change of address' },
  })
    .input(MailedTokenInput)
    .output(CheckYourMail)
    .mutation(({ ctx, input }) => cancelEmailChange(ctx, input)),

  forgotPassword: publicProcedure({
    audit: 'user.password_reset_asked',
    idempotent: 'natural',
    limit: 'mail',
    rest: { method: 'POST', path: '/auth/forgot-password', summary: 'Have a link mailed that sets a password', status: 202 },
  })
    .input(ForgotPasswordInput)
    .output(CheckYourMail)
    .mutation(({ ctx, input }) => forgotPassword(ctx, input)),

  resetPassword: publicProcedure({
    audit: 'user.password_reset',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/reset-password', summary: 'Set a password with the token from its mail' },
  })
    .input(ResetPasswordInput)
    .output(PasswordReset)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
})

/** Where a person is signed in, and who tried to be. */
export const sessionRouter = router({
  list: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/users/me/sessions', summary: 'Where you are signed in' },
  })
    .output(SessionList)
    .query(({ ctx }) => listSessions(ctx)),

  revoke: userProcedure({
    audit: 'session.ended',
    idempotent: 'natural',
    limit: 'write',
    stepUp: false,
    rest: { method: 'DELETE', path: '/users/me/sessions/{id}', summary: 'End one of your sessions' },
  })
    .input(SessionIdInput)
    .output(Done)
    .mutation(({ ctx, input }) => revokeSession(ctx, input)),

  revokeOthers: userProcedure({
    audit: 'session.others_ended',
    idempotent: 'natural',
    limit: 'write',
    stepUp: false,
    rest: { method: 'DELETE', path: '/users/me/sessions', summary: 'End every session but this one' },
  })
    .output(EndedSessions)
    .mutation(({ ctx }) => revokeOtherSessions(ctx)),

  history: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/users/me/login-history', summary: 'Who tried to sign in as you, newest first' },
  })
    .input(PageInput)
    .output(pageOf(LoginEventView))
    .query(({ ctx, input }) => listLoginHistory(ctx, input)),

  notMe: publicProcedure({
    audit: 'session.disowned',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/not-me', summary: 'End the sign-in a mail told of' },
  })
    .input(MailedTokenInput)
    .output(CheckYourMail)
    .mutation(({ ctx, input }) => notMe(ctx, input)),
})
