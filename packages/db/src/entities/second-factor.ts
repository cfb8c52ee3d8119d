import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, text } from './columns.ts'

/** The authenticator app of a person. Until it is confirmed by a first code it is only an offer, and protects nothing. */
const TotpFactorSchema = defineEntity({
  name: 'TotpFactor',
  tableName: 'totp_factor',
  properties: {
    userId: text().primary(),
    /** The shared secret, sealed with the server's. */
    secret: text(),
    confirmedAt: instant().nullable(),
    /** The thirty seconds whose code was taken last; no code of then or before is taken again. */
    lastStep: p.bigint('number').default(0),
    createdAt: instant(),
  },
})
export class TotpFactor extends TotpFactorSchema.class {}
TotpFactorSchema.setClass(TotpFactor)

/** A code a person keeps on paper. It is deleted when it has been used. */
const BackupCodeSchema = defineEntity({
  name: 'BackupCode',
  tableName: 'backup_code',
  properties: {
    /** A MAC over the person and the code, with a key that is not in the database. */
    codeHash: text().primary(),
    userId: text().index(),
    createdAt: instant(),
  },
})
export class BackupCode extends BackupCodeSchema.class {}
BackupCodeSchema.setClass(BackupCode)

/** A person has turned two-step sign-in on with their passkeys. Without this row one passkey more changes no sign-in by password. */
const PasskeyFactorSchema = defineEntity({
  name: 'PasskeyFactor',
  tableName: 'passkey_factor',
  properties: { userId: text().primary(), createdAt: instant() },
})
export class PasskeyFactor extends PasskeyFactorSchema.class {}
PasskeyFactorSchema.setClass(PasskeyFactor)

/** A code that was mailed to somebody who has to prove again who they are. It works in the session it was asked for in alone. */
const StepUpCodeSchema = defineEntity({
  name: 'StepUpCode',
  tableName: 'step_up_code',
  properties: {
    /** A session has only the newest. */
    sessionId: text().primary(),
    userId: text().index(),
    /** A MAC: six digits are found from a plain hash in no time. */
    codeHash: text(),
    tries: p.integer().default(0),
    createdAt: instant(),
    expiresAt: instant(),
  },
})
export class StepUpCode extends StepUpCodeSchema.class {}
StepUpCodeSchema.setClass(StepUpCode)

/** Somebody proved one factor and has to prove another. It opens nothing but that. */
const SignInChallengeSchema = defineEntity({
  name: 'SignInChallenge',
  tableName: 'sign_in_challenge',
  properties: {
    id: id().primary(),
    userId: text().index(),
    /** SHA-256 of what its holder presents. */
    tokenHash: text().unique(),
    /** How the first factor was proved. */
    method: text(),
    /** `cookie` or `tokens`: what the session will be carried by. */
    carrier: text(),
    tries: p.integer().default(0),
    createdAt: instant(),
    expiresAt: instant(),
  },
})
export class SignInChallenge extends SignInChallengeSchema.class {}
SignInChallengeSchema.setClass(SignInChallenge)

export const secondFactorEntities = [TotpFactor, BackupCode, PasskeyFactor, StepUpCode, SignInChallenge]
