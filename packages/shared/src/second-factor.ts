import { z } from 'zod'
import { Instant } from './time.ts'

/** What can be proved beside a first factor. `approval`: a device that was let in from a session of two factors. */
export const SecondFactorProof = z.enum(['totp', 'backup_code', 'passkey', 'approval'])
export type SecondFactorProof = z.infer<typeof SecondFactorProof>

const TypedCode = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ examples: ['287082'] })

/** One proof of a second factor that a person types. */
export const SecondFactorInput = z.strictObject({
  method: z.enum(['totp', 'backup_code']).describe('`totp`: the code an authenticator app shows now.'),
  code: TypedCode,
})
export type SecondFactorInput = z.infer<typeof SecondFactorInput>

/** A first code, which shows that an authenticator app has the secret. */
export const ConfirmTotpInput = z.strictObject({ code: TypedCode })

/** An authenticator app that is being set up. */
export const TotpOffer = z
  .strictObject({
    secret: z.string().describe('In Base32, for who types it in.'),
    uri: z.string().describe('`otpauth://…`, for a QR code.'),
  })
  .meta({ id: 'TotpOffer' })
export type TotpOffer = z.infer<typeof TotpOffer>

/** Each works once, in place of the app. They are told here and never again. */
export const BackupCodes = z.strictObject({ backupCodes: z.array(z.string()) }).meta({ id: 'BackupCodes' })
export type BackupCodes = z.infer<typeof BackupCodes>

export const SecondFactorView = z
  .strictObject({
    enabled: z.boolean().describe('True: every sign-in takes a second step.'),
    totpSince: Instant.nullable().describe('Since when there is an authenticator app; null: there is none.'),
    backupCodesLeft: z.int(),
    requiredBy: z.array(z.string()).describe('The names of your tenants that ask their members for one.'),
  })
  .meta({ id: 'SecondFactor' })
export type SecondFactorView = z.infer<typeof SecondFactorView>

export const StepUpMethod = z.enum(['password', 'totp', 'backup_code'])
export type StepUpMethod = z.infer<typeof StepUpMethod>

/** How a person can prove again who they are. Empty: only by signing in again. */
export const StepUpOptions = z.strictObject({ methods: z.array(StepUpMethod), freshUntil: Instant })
export type StepUpOptions = z.infer<typeof StepUpOptions>

export const StepUpInput = z.strictObject({
  method: StepUpMethod,
  secret: z
    .string()
    .min(1)
    .max(1024)
    .describe('The password, or the code.')
    .meta({ examples: ['287082'] }),
})
export type StepUpInput = z.infer<typeof StepUpInput>

export const Freshened = z.strictObject({ freshUntil: Instant.describe('Until then, sensitive acts ask nothing more.') })
export type Freshened = z.infer<typeof Freshened>
