import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, quantity, text } from './columns.ts'

/** Somebody went out to a provider; what has to be known when they come back. It works once, in the browser that went out. */
const ProviderAttemptSchema = defineEntity({
  name: 'ProviderAttempt',
  tableName: 'provider_attempt',
  properties: {
    id: id().primary(),
    provider: text(),
    /** SHA-256 of what goes through the provider and comes back. */
    stateHash: text().unique(),
    /** SHA-256 of what stays in the browser's cookie. */
    browserHash: text(),
    /** Of PKCE, sealed. */
    codeVerifier: text(),
    nonce: text().nullable(),
    /** Who goes out to tie the account there to theirs, and the session they do it in; absent when they want to come in. */
    userId: text().nullable(),
    sessionId: text().nullable(),
    /** The page to be shown afterwards. */
    next: text(),
    createdAt: instant(),
    expiresAt: instant(),
  },
})
export class ProviderAttempt extends ProviderAttemptSchema.class {}
ProviderAttemptSchema.setClass(ProviderAttempt)

/** A key pair in a person's device that lets them in; this is its public half. */
const PasskeySchema = defineEntity({
  name: 'Passkey',
  tableName: 'passkey',
  properties: {
    id: id().primary(),
    userId: text().index(),
    name: text(),
    credentialId: text().unique(),
    /** COSE, base64url. */
    publicKey: text(),
    /** How often the device says it was used; it never goes back. */
    counter: quantity(),
    /** How the device can be reached, by commas. */
    transports: text(),
    /** It is kept in more than one device. */
    backedUp: p.boolean(),
    createdAt: instant(),
    lastUsedAt: instant().nullable(),
  },
})
export class Passkey extends PasskeySchema.class {}
PasskeySchema.setClass(Passkey)

/** What a passkey is asked to sign; it works once, for one purpose. */
const PasskeyChallengeSchema = defineEntity({
  name: 'PasskeyChallenge',
  tableName: 'passkey_challenge',
  properties: {
    id: id().primary(),
    /** SHA-256 of the purpose and the challenge. */
    challengeHash: text().unique(),
    /** Whose passkey it has to be, and in which session or half-done sign-in; absent when somebody wants to come in. */
    userId: text().nullable(),
    sessionId: text().nullable(),
    createdAt: instant(),
    expiresAt: instant(),
  },
})
export class PasskeyChallenge extends PasskeyChallengeSchema.class {}
PasskeyChallengeSchema.setClass(PasskeyChallenge)

/**
 * Somebody wants to come in by a mail to an address. The link in it works anywhere, the code only where it was asked for. A row
 * without them stands for a mail that was not sent; nothing opens it.
 */
const MailSignInSchema = defineEntity({
  name: 'MailSignIn',
  tableName: 'mail_sign_in',
  indexes: [{ properties: ['email'] }],
  properties: {
    id: id().primary(),
    email: text(),
    /** SHA-256 of what was told to who asked. */
    attemptHash: text().unique(),
    linkHash: text().nullable().unique(),
    /** A MAC: six digits are found from a plain hash in no time. */
    codeHash: text().nullable(),
    tries: p.integer().default(0),
    locale: text(),
    createdAt: instant(),
    expiresAt: instant(),
  },
})
export class MailSignIn extends MailSignInSchema.class {}
MailSignInSchema.setClass(MailSignIn)

export const wayInEntities = [ProviderAttempt, Passkey, PasskeyChallenge, MailSignIn]
