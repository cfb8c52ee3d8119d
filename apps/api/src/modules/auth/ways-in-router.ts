import {
  AddPasskeyInput,
  Done,
  LinkedAccounts,
  MailCodeInput,
  MailedTokenInput,
  MailSignInAsked,
  MailSignInInput,
  Me,
  PasskeyIdInput,
  PasskeyList,
  PasskeyOptions,
  PasskeySignInInput,
  PasskeyView,
  ProviderAuthorization,
  ProviderAuthorizeInput,
  ProviderInput,
  RenamePasskeyInput,
  SignedIn,
} from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { publicProcedure, userProcedure } from '../../trpc/procedures.ts'
import { askSignInMail } from './mail-sign-in/ask-sign-in-mail.ts'
import { loginByCode, signInByCode } from './mail-sign-in/by-code.ts'
import { loginByLink, signInByLink } from './mail-sign-in/by-link.ts'
import { addPasskey } from './passkey/add-passkey.ts'
import { assertionOptions } from './passkey/assertion-options.ts'
import { removePasskey, renamePasskey } from './passkey/change-passkeys.ts'
import { creationOptions } from './passkey/creation-options.ts'
import { listPasskeys } from './passkey/list-passkeys.ts'
import { loginByPasskey, signInByPasskey } from './passkey/sign-in.ts'
import { listLinkedAccounts } from './provider/linked-accounts.ts'
import { startAuthorization, startLinking } from './provider/start-authorization.ts'
import { unlinkAccount } from './provider/unlink-account.ts'

/** How a browser is let in: the session goes into an HttpOnly cookie and never into the page. */
const enterBrowser = {
  audit: 'session.started',
  idempotent: 'natural',
  limit: 'sign_in',
  setsCookie: true,
  rest: null,
} as const

/** Coming in by a mail: with its code where it was asked for, with its link anywhere. */
export const mailSignInRouter = router({
  ask: publicProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'mail',
    rest: { method: 'POST', path: '/auth/mail', summary: 'Have a sign-in link and code mailed to an address', status: 202 },
  })
    .input(MailSignInInput)
    .output(MailSignInAsked)
    .mutation(({ ctx, input }) => askSignInMail(ctx, input)),

  signInWithCode: publicProcedure(enterBrowser)
    .input(MailCodeInput)
    .output(Me)
    .mutation(({ ctx, input }) => signInByCode(ctx, input)),

  loginWithCode: publicProcedure({
    audit: 'session.started',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/mail/code', summary: 'Sign in with the code of a mail' },
  })
    .input(MailCodeInput)
    .output(SignedIn)
    .mutation(({ ctx, input }) => loginByCode(ctx, input)),

  signInWithLink: publicProcedure(enterBrowser)
    .input(MailedTokenInput)
    .output(Me)
    .mutation(({ ctx, input }) => signInByLink(ctx, input)),

  loginWithLink: publicProcedure({
    audit: 'session.started',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/mail/link', summary: 'Sign in with the token of the link in a mail' },
  })
    .input(MailedTokenInput)
    .output(SignedIn)
    .mutation(({ ctx, input }) => loginByLink(ctx, input)),
})

/** Coming in by a passkey, and the passkeys a person has. */
export const passkeyRouter = router({
  signInOptions: publicProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/passkey/options', summary: 'What the browser needs to ask for a passkey' },
  })
    .output(PasskeyOptions)
    .mutation(({ ctx }) => assertionOptions(ctx.services, 'sign_in')),

  signIn: publicProcedure(enterBrowser)
    .input(PasskeySignInInput)
    .output(Me)
    .mutation(({ ctx, input }) => signInByPasskey(ctx, input)),

  login: publicProcedure({
    audit: 'session.started',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/passkey', summary: 'Sign in with a passkey' },
  })
    .input(PasskeySignInInput)
    .output(SignedIn)
    .mutation(({ ctx, input }) => loginByPasskey(ctx, input)),

  list: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/users/me/passkeys', summary: 'Your passkeys' },
  })
    .output(PasskeyList)
    .query(({ ctx }) => listPasskeys(ctx)),

  creationOptions: userProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'POST', path: '/users/me/passkeys/options', summary: 'What the browser needs to make a passkey' },
  })
    .output(PasskeyOptions)
    .mutation(({ ctx }) => creationOptions(ctx)),

  add: userProcedure({
    audit: 'user.passkey_added',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'POST', path: '/users/me/passkeys', summary: 'Keep a passkey the browser has made', status: 201 },
  })
    .input(AddPasskeyInput)
    .output(PasskeyView)
    .mutation(({ ctx, input }) => addPasskey(ctx, input)),

  rename: userProcedure({
    audit: 'user.passkey_renamed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: false,
    rest: { method: 'PUT', path: '/users/me/passkeys/{id}', summary: 'Call a passkey something else' },
  })
    .input(RenamePasskeyInput)
    .output(PasskeyView)
    .mutation(({ ctx, input }) => renamePasskey(ctx, input)),

  remove: userProcedure({
    audit: 'user.passkey_removed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'DELETE', path: '/users/me/passkeys/{id}', summary: 'Remove a passkey; the last way in stays' },
  })
    .input(PasskeyIdInput)
    .output(Done)
    .mutation(({ ctx, input }) => removePasskey(ctx, input)),
})

/** Coming in by GitHub and Google, and what is tied to them. */
export const providerRouter = router({
  authorize: publicProcedure({
    audit: null,
    idempotent: 'natural',
    limit: 'sign_in',
    setsCookie: true,
    rest: {
      method: 'GET',
      path: '/auth/oauth/{provider}/authorize',
      summary: 'Where to send the browser to sign in with a provider',
    },
  })
    .input(ProviderAuthorizeInput)
    .output(ProviderAuthorization)
    .mutation(({ ctx, input }) => startAuthorization(ctx, input)),

  list: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/auth/oauth/accounts', summary: 'The accounts at providers linked with yours' },
  })
    .output(LinkedAccounts)
    .query(({ ctx }) => listLinkedAccounts(ctx)),

  link: userProcedure({
    audit: 'user.provider_linked',
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: true,
    setsCookie: true,
    rest: { method: 'POST', path: '/auth/oauth/accounts/{provider}', summary: 'Where to send the browser to link an account' },
  })
    .input(ProviderInput)
    .output(ProviderAuthorization)
    .mutation(({ ctx, input }) => startLinking(ctx, input)),

  unlink: userProcedure({
    audit: 'user.provider_unlinked',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'DELETE', path: '/auth/oauth/accounts/{provider}', summary: 'Unlink an account; the last way in stays' },
  })
    .input(ProviderInput)
    .output(Done)
    .mutation(({ ctx, input }) => unlinkAccount(ctx, input)),
})
