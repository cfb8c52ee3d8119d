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

export const secondFactorEntities = [TotpFactor, BackupCode, SignInChallenge]
