import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, text } from './columns.ts'

/** A person. The first eight tables are better-auth's, under its own field names in snake_case. */
const UserSchema = defineEntity({
  name: 'User',
  tableName: 'user',
  properties: {
    id: id().primary(),
    name: text(),
    email: text().unique(),
    emailVerified: p.boolean().default(false),
    image: text().nullable(),
    status: text().default('active'),
    /** Why an operator suspended them. */
    statusReason: text().nullable(),
    /** They asked to be deleted, and will be then. */
    deleteAfter: instant().nullable(),
    /** Nothing is left of them but the id. */
    erasedAt: instant().nullable(),
    operatorRole: text().nullable(),
    createdAt: instant().defaultRaw('now()'),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class User extends UserSchema.class {}
UserSchema.setClass(User)

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: id().primary(),
    userId: text().index(),
    token: text().unique(),
    expiresAt: instant(),
    ipAddress: text().nullable(),
    userAgent: text().nullable(),
    /** The operator who acts as the person in this session. */
    impersonatorId: text().nullable().index(),
    /** When the person last proved who they are. */
    provedAt: instant().defaultRaw('now()'),
    /** What was proved beside the first factor; null: nothing. */
    secondFactor: text().nullable(),
    createdAt: instant().defaultRaw('now()'),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session)

const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  uniques: [{ properties: ['providerId', 'accountId'] }],
  properties: {
    id: id().primary(),
    userId: text().index(),
    providerId: text(),
    accountId: text(),
    accessToken: text().nullable(),
    refreshToken: text().nullable(),
    idToken: text().nullable(),
    accessTokenExpiresAt: instant().nullable(),
    refreshTokenExpiresAt: instant().nullable(),
    scope: text().nullable(),
    password: text().nullable(),
    createdAt: instant().defaultRaw('now()'),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account)

const VerificationSchema = defineEntity({
  name: 'Verification',
  tableName: 'verification',
  properties: {
    id: id().primary(),
    identifier: text().index(),
    value: text(),
    expiresAt: instant(),
    createdAt: instant().defaultRaw('now()'),
    updatedAt: instant().defaultRaw('now()'),
  },
})
export class Verification extends VerificationSchema.class {}
VerificationSchema.setClass(Verification)

const DeviceCodeSchema = defineEntity({
  name: 'DeviceCode',
  tableName: 'device_code',
  properties: {
    id: id().primary(),
    deviceCode: text().unique(),
    userCode: text().unique(),
    userId: text().nullable(),
    clientId: text().nullable(),
    scope: text().nullable(),
    status: text(),
    /** The second factor of the session that approved it; null: it had none. */
    approvedWith: text().nullable(),
    expiresAt: instant(),
    lastPolledAt: instant().nullable(),
    pollingInterval: p.integer().nullable(),
  },
})
export class DeviceCode extends DeviceCodeSchema.class {}
DeviceCodeSchema.setClass(DeviceCode)

/** A key pair that signs access tokens; the private half is sealed with the server's secret. */
const SigningKeySchema = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_key',
  properties: {
    id: id().primary(),
    publicKey: text(),
    privateKey: text(),
    createdAt: instant().defaultRaw('now()'),
    /** From when it signs; null: a day after it was made. */
    signsFrom: instant().nullable(),
    /** Until when it verifies. */
    expiresAt: instant().nullable(),
  },
})
export class SigningKey extends SigningKeySchema.class {}
SigningKeySchema.setClass(SigningKey)

/**
 * The chain of refresh tokens that began with one sign-in. A token is its family, a counter and a MAC over both, so the
 * successor of a token can be made again for a caller who lost the answer, and no token needs to be stored in clear.
 */
const RefreshFamilySchema = defineEntity({
  name: 'RefreshFamily',
  tableName: 'refresh_family',
  properties: {
    id: id().primary(),
    sessionId: text().index(),
    userId: text().index(),
    counter: p.integer().default(0),
    tokenHash: text(),
    rotatedAt: instant(),
    revokedAt: instant().nullable(),
    revokedFor: text().nullable(),
    expiresAt: instant(),
    createdAt: instant().defaultRaw('now()'),
  },
})
export class RefreshFamily extends RefreshFamilySchema.class {}
RefreshFamilySchema.setClass(RefreshFamily)

/**
 * Somebody asked for an account and has not proved the address yet: one row for each mail that could prove it. A person comes
 * into being when one of them does, with the password that was given with it, so nobody can prepare an account for another.
 */
const RegistrationSchema = defineEntity({
  name: 'Registration',
  tableName: 'registration',
  indexes: [{ properties: ['email', 'createdAt'] }],
  properties: {
    id: id().primary(),
    email: text(),
    name: text(),
    passwordHash: text(),
    /** SHA-256 of the token in the mail. */
    tokenHash: text().unique(),
    /** The line the account was asked for from; see LoginEvent. */
    addressBucket: text(),
    locale: text(),
    createdAt: instant(),
    expiresAt: instant(),
  },
})
export class Registration extends RegistrationSchema.class {}
RegistrationSchema.setClass(Registration)

/**
 * The other half of a link in a mail. It works once, for one purpose, and is deleted when it has; of one purpose a person has only
 * the newest.
 */
const MailTokenSchema = defineEntity({
  name: 'MailToken',
  tableName: 'mail_token',
  indexes: [{ properties: ['userId', 'purpose'] }],
  properties: {
    id: id().primary(),
    userId: text(),
    purpose: text(),
    /** SHA-256 of the purpose and the token. */
    tokenHash: text().unique(),
    /** What it is about: the new address of a change, the session of a sign-in. */
    subject: text().nullable(),
    /** The session it was asked for with. */
    sessionId: text().nullable(),
    createdAt: instant(),
    expiresAt: instant(),
  },
})
export class MailToken extends MailTokenSchema.class {}
MailTokenSchema.setClass(MailToken)

/** What a person has chosen for themselves. Who has no row has chosen nothing. A tenant sees its members', to write to them. */
const UserPreferenceSchema = defineEntity({
  name: 'UserPreference',
  tableName: 'user_preference',
  properties: {
    userId: text().primary(),
    locale: text(),
    timeZone: text(),
    theme: text(),
    newSignInMail: p.boolean().default(true),
    keyIssuedMail: p.boolean().default(true),
    quotaMail: p.boolean().default(true),
    billingMail: p.boolean().default(true),
    receiptMail: p.boolean().default(true),
    updatedAt: instant(),
  },
})
export class UserPreference extends UserPreferenceSchema.class {}
UserPreferenceSchema.setClass(UserPreference)

/** A person's picture, as it was encoded anew here: never the bytes that were sent. */
const AvatarSchema = defineEntity({
  name: 'Avatar',
  tableName: 'avatar',
  properties: {
    userId: text().primary(),
    /** Its name in addresses: nobody finds it who was not shown it. */
    key: text().unique(),
    image: p.blob(),
    updatedAt: instant(),
  },
})
export class Avatar extends AvatarSchema.class {}
AvatarSchema.setClass(Avatar)
/** Every attempt to come in, whatever came of it. */
const LoginEventSchema = defineEntity({
  name: 'LoginEvent',
  tableName: 'login_event',
  indexes: [
    { properties: ['userId', 'at'] },
    { properties: ['identifierHash', 'at'] },
    { properties: ['addressBucket', 'at'] },
    { properties: ['at'] },
  ],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    userId: text().nullable(),
    identifierHash: text(),
    method: text(),
    outcome: text(),
    reason: text().nullable(),
    ipAddress: text().nullable(),
    /** The address, or the /64 it lies in: what one line's addresses have in common. */
    addressBucket: text(),
    userAgent: text().nullable(),
    at: instant(),
  },
})
export class LoginEvent extends LoginEventSchema.class {}
LoginEventSchema.setClass(LoginEvent)

export const authEntities = [
  User,
  Session,
  Account,
  Verification,
  DeviceCode,
  SigningKey,
  RefreshFamily,
  Registration,
  MailToken,
  UserPreference,
  Avatar,
  LoginEvent,
]
